import type { ThrownError } from '../../../control/invocation.ts'
import { describeError } from '../base/describe-error.ts'
import { type LocatedStack, locateInSources, withoutEditions } from './source-map.ts'

declare global {
  interface Window {
    /** The errors, for tests. */
    __phoneErrors?: string[]
    /** Errors and notes in the order in which they came, for tests. */
    __phoneLog?: LogEntry[]
  }
}

/** How a note begins, so that it differs from an error in one list. */
const NOTE = '提示'

/** A line of a stack in the script of the mini-program. */
const CALLER = /\/phone\/script\.js(\?v=[\w-]+)?:\d/

/** Ends the error of an interface that fails by its name. */
const NOT_IMPLEMENTED = 'is not implemented by this phone'

/** What a request to a host fails with that is not allowed: the phone refuses what WeChat would let pass. */
const NOT_ALLOWED = 'url not in domain list'

/** An error of the mini-program, or a note: what the phone ignores or does in another way, and WeChat tolerates. */
export interface LogEntry {
  kind: 'error' | 'note'
  text: string
}

/** An error for the developer's terminal and console. */
export interface ReportedError {
  text: string
  thrown?: ThrownError
}

/** After so many errors since the start, the panel alone has the rest. */
const MAXIMUM_REPORTED = 200

/** Errors of the mini-program and notes about it, shown in the tester's panel. */
export class ErrorLog {
  readonly #entries: LogEntry[] = []
  readonly #listeners = new Set<(entries: readonly LogEntry[]) => void>()
  readonly #findingListeners = new Set<(line: string) => void>()
  readonly #errorListeners = new Set<(error: ReportedError) => void>()
  readonly #noted = new Set<string>()
  #reportedErrors = 0
  readonly #reported = new WeakSet<object>()

  constructor() {
    window.__phoneLog = this.#entries
    window.__phoneErrors = []
  }

  add(text: string): void {
    if (text.includes(NOT_ALLOWED)) this.note(text)
    else this.#add('error', text)
  }

  /** Adds an error of the build unless the list has it. The terminal has it already. */
  addOnce(text: string): void {
    if (!this.#has(text)) this.#add('error', text, { isReported: false })
  }

  /** Adds a note, once. @param isOfBuild the terminal has it from the build already */
  note(text: string, { isOfBuild = false } = {}): void {
    this.#note(text, isOfBuild ? '' : text)
  }

  /** Adds a note about a call of the mini-program, once, with the place of the first call. */
  noteCall(text: string): void {
    const [caller = ''] = new Error().stack?.split('\n').filter((line) => CALLER.test(line)) ?? []
    this.#note(`${text}${caller && `\n${caller}`}`, text)
  }

  #note(text: string, key: string): void {
    const note = text.startsWith(NOTE) ? text : `${NOTE} ${text}`
    if (key === '' ? this.#has(note) : this.#noted.has(key)) return
    this.#noted.add(key)
    this.#add('note', note, { isFinding: key !== '' })
  }

  /** @param listener receives what a developer should also read in the terminal, in one line */
  onFinding(listener: (line: string) => void): void {
    this.#findingListeners.add(listener)
  }

  /** @param listener receives each error with its places in the sources */
  onError(listener: (error: ReportedError) => void): void {
    this.#errorListeners.add(listener)
  }

  /** Adds a thrown value, once even if it is thrown again. @param where it was thrown */
  addThrown(error: unknown, where = ''): void {
    if (typeof error === 'object' && error !== null) {
      if (this.#reported.has(error)) return
      this.#reported.add(error)
    }
    this.add(where === '' ? describeError(error) : `${where}: ${describeError(error)}`)
  }

  clear(): void {
    this.#entries.length = 0
    this.#notify()
  }

  /** The mini-program starts again, so each note comes again. */
  restart(): void {
    this.#noted.clear()
    this.#reportedErrors = 0
  }

  onChange(listener: (entries: readonly LogEntry[]) => void): void {
    this.#listeners.add(listener)
  }

  #has(text: string): boolean {
    return this.#entries.some((entry) => entry.text === text)
  }

  #add(
    kind: LogEntry['kind'],
    text: string,
    { isFinding = text.includes(NOT_IMPLEMENTED), isReported = true } = {},
  ): void {
    const entry = { kind, text: withoutEditions(text) }
    this.#entries.push(entry)
    this.#notify()
    const located = CALLER.test(text) ? this.#locate(entry, text) : undefined
    if (isFinding) void Promise.resolve(located).then(() => this.#report(entry))
    else if (kind === 'error' && isReported) {
      void Promise.resolve(located).then((stack) => this.#reportError(entry, stack))
    }
  }

  #reportError({ text }: LogEntry, stack: LocatedStack | undefined): void {
    this.#reportedErrors += 1
    if (this.#reportedErrors > MAXIMUM_REPORTED) return
    const thrown = stack && stack.places.length > 0 ? { thrown: thrownOf(stack) } : {}
    for (const listener of this.#errorListeners) listener({ text, ...thrown })
  }

  #report({ text }: LogEntry): void {
    const [message = '', ...stack] = text.split('\n')
    const [, position] = /\(?([^\s()]+:\d+)\)?$/.exec(stack[0] ?? '') ?? []
    const line = message.replace(new RegExp(`^(${NOTE}|Error:) `), '')
    for (const listener of this.#findingListeners)
      listener(position === undefined ? line : `${position} ${line}`)
  }

  /** Replaces positions in the compiled script by those in the sources, once the source map is loaded. */
  async #locate(entry: LogEntry, text: string): Promise<LocatedStack> {
    const located = await locateInSources(text)
    if (located.text !== entry.text) {
      entry.text = located.text
      this.#notify()
    }
    return located
  }

  #notify(): void {
    const errors = this.#entries.filter(({ kind }) => kind === 'error').map(({ text }) => text)
    window.__phoneErrors?.splice(0, Number.POSITIVE_INFINITY, ...errors)
    for (const listener of this.#listeners) listener(this.#entries)
  }
}

/** Such as `pages/a/a onLoad: TypeError: x is not a function`: where it was thrown, its name, its message. */
const MESSAGE = /^(?:.*?: )??(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception)): ([\s\S]*)$/

function thrownOf({ text, places, excerpt }: LocatedStack): ThrownError {
  const [headline = ''] = text.split(/\n\s*at /, 1)
  const [, name = 'Error', message = headline] = MESSAGE.exec(headline) ?? []
  return { name, message, places, ...(excerpt ? { excerpt } : {}) }
}

/** Logs the uncaught errors of this window. */
export function logUncaught(errors: ErrorLog): void {
  window.addEventListener('error', ({ error, message }) => {
    if (error) errors.addThrown(error)
    else errors.add(message)
  })
  window.addEventListener('unhandledrejection', ({ reason }) => errors.addThrown(reason, '未处理的 Promise'))
  // The page's content security policy blocks every request to the web.
  document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    if (!/^https?:/.test(blockedURI)) return
    errors.note(
      `${new URL(blockedURI).origin} 的内容没有载入（${effectiveDirective}）：这台手机不直接访问网络`,
    )
  })
}
