import { authenticated } from '../shared/handlers/authenticated.ts'
import { serve } from '../shared/handlers/serve.ts'
import { checkToken, checkTokenInput } from './check-token.ts'

export const main = serve('checkToken', authenticated(checkTokenInput, checkToken))
