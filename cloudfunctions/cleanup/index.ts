import { onTimer } from '../shared/on-timer.ts'
import { serve } from '../shared/serve.ts'
import { cleanup } from './cleanup.ts'

export const main = serve('cleanup', onTimer(cleanup))
