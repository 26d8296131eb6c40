/**
 * A function that runs in a browser is sent there as its text. tsx, esbuild and vite may have compiled it with "keep
 * names": then its text calls `__name`, which is defined in the module that the text has left.
 */

/** The text of a function that keeps its meaning wherever it runs: an expression whose value is the function. */
export function scriptText(script: (...parameters: never[]) => unknown): string {
  return `((__name) => (${script}))((target) => target)`
}

/** The text of a call of a function that uses nothing from around it. @param argument can be written as JSON */
export function callText<Argument>(script: (argument: Argument) => unknown, argument?: Argument): string {
  return `${scriptText(script)}(${JSON.stringify(argument) ?? ''})`
}

/** An init script for each window into which playwright-core sends functions by itself. */
export const DEFINE_NAME = `Object.defineProperty(globalThis, '__name', {
  value: (target) => target,
  configurable: true,
  writable: true,
})`
