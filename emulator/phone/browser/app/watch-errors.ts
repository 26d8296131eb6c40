import { addGlobalErrorListener } from 'glass-easel'
import { describeError } from '../describe-error.ts'
import { type ErrorLog, logUncaught } from '../device/error-log.ts'

/** glass-easel's component, as far as it says whose an error is. */
interface Related {
  is?: string
  ownerShadowRoot?: { getHostNode(): Related } | null
}

/** Brings everything that goes wrong on the screen before the tester's eyes. */
export function watchErrors(errors: ErrorLog): void {
  logUncaught(errors)
  addGlobalErrorListener((error, method, related) => {
    const place = typeof related === 'string' ? related : pathOf(related as Related | undefined)
    errors.addThrown(error, [place, method].filter(Boolean).join(' '))
    // It is told; glass-easel need not write it to the console as well.
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

/** The page or component of the mini-program that something happened in: WeChat's own have none of its code. */
function pathOf(component: Related | undefined): string {
  const path = component?.is ?? ''
  return path.startsWith('wx/') ? pathOf(component?.ownerShadowRoot?.getHostNode()) : path
}
