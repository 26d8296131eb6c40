import type { Words } from '../../documents/languages.ts'
import type { Operation } from './operation.ts'

type Rest = Omit<Operation, 'name' | 'function' | 'variant' | 'does' | 'isGuarded' | 'reasons'> &
  Partial<Pick<Operation, 'reasons'>>

/** An operation that needs a session. */
export function guarded(functionName: string, variant: string, does: Words, rest: Rest): Operation {
  const name = `${functionName} ${variant}`.trim()
  return { name, function: functionName, variant, does, isGuarded: true, reasons: [], ...rest }
}
