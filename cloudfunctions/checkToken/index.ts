import { guarded } from '../shared/guard.ts'
import { serve } from '../shared/serve.ts'
import { checkToken, checkTokenInput } from './check-token.ts'

export const main = serve('checkToken', guarded(checkTokenInput, checkToken))
