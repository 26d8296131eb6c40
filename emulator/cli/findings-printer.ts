import type { SourceFindings } from '../control/source-findings.ts'
import type { Finding, Output } from './output/output.ts'

/** Shows what builds find, each finding when it is new. */
export class FindingsPrinter {
  #known = new Set<string>()
  #hasErrors = false
  readonly #output: Pick<Output, 'finding'>

  constructor(output: Pick<Output, 'finding'>) {
    this.#output = output
  }

  /** @param findings of the whole project after a build */
  print({ errors, notes }: SourceFindings): void {
    const findings: Finding[] = [
      ...errors.map((text) => ({ level: 'error', text }) as const),
      ...notes.map((text) => ({ level: 'note', text }) as const),
    ]
    for (const finding of findings) if (!this.#known.has(keyOf(finding))) this.#output.finding(finding)
    if (this.#hasErrors && errors.length === 0)
      this.#output.finding({ level: 'solved', text: '没有错误了 · no error is left' })
    this.#known = new Set(findings.map(keyOf))
    this.#hasErrors = errors.length > 0
  }
}

const keyOf = ({ level, text }: Finding) => `${level} ${text}`
