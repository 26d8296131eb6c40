import { anyone } from '../shared/handlers/anyone.ts'
import { serve } from '../shared/handlers/serve.ts'
import { login, loginInput } from './login.ts'

export const main = serve('login', anyone(loginInput, login))
