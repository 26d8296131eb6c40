import { SourceMap } from 'node:module'
import { compileFunction } from 'node:vm'

/** A script as it runs. */
export interface RunningScript {
  /** From the mini-program's folder. */
  file: string
  /** Of its compiled code, in JSON; empty where that is as it was written. */
  map: string
  /** What stands before the code in its first line. */
  prefix: string
}

/** Leads its only line to this one of the source. */
const PROBE_LINE = 101
const PROBE_MAP = JSON.stringify({ version: 3, sources: ['probe.ts'], names: [], mappings: 'AAoGA' })
const PROBE = `throw new Error()\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(PROBE_MAP).toString('base64')}`

/** Whether stacks of compiled functions have the places of the sources by now: an option of Node's, and not for all scripts. */
function isMappedByNode(): boolean {
  try {
    compileFunction(PROBE, [], { filename: '/probe.js' })()
  } catch (error) {
    return String((error as Error).stack).includes(`:${PROBE_LINE}`)
  }
  return false
}

/** A line of a stack. */
const FRAME = /^ {4}at /

/** Finds the places of a mini-program's stacks in its sources. */
export class SourcePlaces {
  readonly #scripts: ReadonlyMap<string, RunningScript>
  readonly #maps = new Map<string, SourceMap>()

  /** @param scripts by their names in stacks */
  constructor(scripts: ReadonlyMap<string, RunningScript>) {
    this.#scripts = scripts
  }

  /** Whether a stack leads through one of the scripts. */
  isIn(stack: string): boolean {
    return [...this.#scripts.keys()].some((name) => stack.includes(`${name}:`))
  }

  /** A text with the places of its stack in the sources. */
  locate(text: string): string {
    if (!this.isIn(text)) return text
    const ownLines = text.split('\n').filter((line) => !FRAME.test(line) || this.isIn(line))
    return [...this.#scripts].reduce(
      (located, [name, script]) =>
        located.includes(`${name}:`) ? this.#locateIn(located, name, script) : located,
      ownLines.join('\n'),
    )
  }

  #locateIn(text: string, name: string, script: RunningScript): string {
    const position = new RegExp(`${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}:(\\d+)(?::(\\d+))?`, 'g')
    return text.replace(position, (_, row: string, column = '1') => {
      const [line, sourceColumn] = this.#sourceOf(script, Number(row), Number(column))
      return `${script.file}:${line}:${sourceColumn}`
    })
  }

  #sourceOf({ file, map, prefix }: RunningScript, line: number, column: number): [number, number] {
    const ownColumn = line === 1 ? Math.max(1, column - prefix.length) : column
    if (map === '' || isMappedByNode()) return [line, ownColumn]
    const known = this.#maps.get(file) ?? new SourceMap(JSON.parse(map))
    this.#maps.set(file, known)
    const entry = known.findEntry(line - 1, ownColumn - 1)
    return 'originalLine' in entry ? [entry.originalLine + 1, entry.originalColumn + 1] : [line, ownColumn]
  }
}
