import { serve } from '../shared/serve.ts'
import { login, loginInput } from './login.ts'

export const main = serve('login', loginInput, login)
