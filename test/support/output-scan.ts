import type { UserConsoleLog } from 'vitest'
import type { Reporter } from 'vitest/node'

const PATTERNS: readonly [what: string, pattern: RegExp][] = [
  ['a token', /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/],
  ['a phone number', /(?<!\d)1[3-9]\d{9}(?!\d)/],
  ['a key', /\bk\d+:[\w-]{43}/],
  ['a sealed text', /\bk\d+(\.[\w-]{22})?\.[\w-]{40,}/],
]

/** Fails a whole test run that printed what must not be printed, whichever test it came from. */
export default class OutputScan implements Reporter {
  readonly #found = new Set<string>()

  onUserConsoleLog({ content, taskId }: UserConsoleLog): void {
    for (const [what, pattern] of PATTERNS) {
      if (pattern.test(content)) this.#found.add(`${what} was printed by ${taskId ?? 'a test'}`)
    }
  }

  onTestRunEnd(): void {
    if (this.#found.size === 0) return
    console.error([...this.#found].join('\n'))
    process.exitCode = 1
  }
}
