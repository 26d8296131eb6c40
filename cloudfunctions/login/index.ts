import { open } from '../shared/open.ts'
import { serve } from '../shared/serve.ts'
import { login, loginInput } from './login.ts'

export const main = serve('login', open(loginInput, login))
