import { open } from '../shared/open.ts'
import { serve } from '../shared/serve.ts'
import { logout, logoutInput } from './logout.ts'

export const main = serve('logout', open(logoutInput, logout))
