import { serve } from '../shared/serve.ts'
import { logout, logoutInput } from './logout.ts'

export const main = serve('logout', logoutInput, logout)
