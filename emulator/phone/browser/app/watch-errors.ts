import { addGlobalErrorListener } from 'glass-easel'
import { describeError } from '../base/describe-error.ts'
import { type ErrorLog, logUncaught } from '../device/error-log.ts'

/** glass-easel's component that an error comes from. */
interface Related {
  is?: string
  ownerShadowRoot?: { getHostNode(): Related } | null
}

/** What glass-easel is doing when it finds a mistake in a definition. */
const PREPARE = '[prepare]'

/** Logs all errors of the screen: uncaught ones, glass-easel's and those written with `console.error`. */
export function watchErrors(errors: ErrorLog): void {
  logUncaught(errors)
  addGlobalErrorListener((error, method, related) => {
    const path = typeof related === 'string' ? related : pathOf(related as Related | undefined)
    // A definition that WeChat only warns about.
    if (method === PREPARE) errors.note(`提示 ${path}: ${describeError((error as Error).message ?? error)}`)
    else errors.addThrown(error, [path, method].filter(Boolean).join(' '))
    // False keeps glass-easel from writing it to the console as well.
    return false
  })
  const write = console.error.bind(console)
  console.error = (...values: unknown[]) => {
    const [only] = values
    if (values.length === 1 && only instanceof Error) errors.addThrown(only)
    else errors.add(values.map((value) => describeError(value)).join(' '))
    write(...values)
  }
}

/** The page or component of the mini-program around a component: a built-in one has no code of the mini-program. */
function pathOf(component: Related | undefined): string {
  const path = component?.is ?? ''
  return path.startsWith('wx/') ? pathOf(component?.ownerShadowRoot?.getHostNode()) : path
}
