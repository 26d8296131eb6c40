/**
 * A function that runs in a browser is sent there as its text. tsx, esbuild and vite may have compiled it with "keep
 * names": then its text calls `__name`, which is defined in the module that the text has left. Where two of them have
 * compiled it, one after the other, it calls `__name2` too.
 */
const NAME_KEEPERS = /\b__name\d*\b/g

/** The text of a function that keeps its meaning wherever it runs: an expression whose value is the function. */
export function scriptText(script: (...parameters: never[]) => unknown): string {
  const names = new Set(String(script).match(NAME_KEEPERS))
  return `(() => { ${[...names].map((name) => `const ${name} = (target) => target;`).join(' ')} return (${script}) })()`
}

/** The text of a call of a function that uses nothing from around it. @param argument can be written as JSON */
export function callText<Argument>(script: (argument: Argument) => unknown, argument?: Argument): string {
  return `${scriptText(script)}(${JSON.stringify(argument) ?? ''})`
}

/** An init script for each window into which playwright-core sends functions by itself. */
export const DEFINE_NAME = `for (const name of ['__name', '__name2', '__name3'])
  Object.defineProperty(globalThis, name, { value: (target) => target, configurable: true, writable: true })`
