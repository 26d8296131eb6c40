import { onTimer } from '../shared/handlers/on-timer.ts'
import { serve } from '../shared/handlers/serve.ts'
import { cleanup } from './cleanup.ts'

export const main = serve('cleanup', onTimer(cleanup))
