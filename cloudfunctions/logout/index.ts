import { anyone } from '../shared/handlers/anyone.ts'
import { serve } from '../shared/handlers/serve.ts'
import { logout, logoutInput } from './logout.ts'

export const main = serve('logout', anyone(logoutInput, logout))
