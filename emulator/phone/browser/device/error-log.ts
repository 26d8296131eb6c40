import { describeError } from '../describe-error.ts'
import { locateInSources } from './source-map.ts'

declare global {
  interface Window {
    /** What went wrong on this phone, for tests. */
    __phoneErrors?: string[]
  }
}

/** What went wrong in the mini-program, for the tester to read. */
export class ErrorLog {
  readonly #entries: string[] = []
  readonly #listeners = new Set<(entries: readonly string[]) => void>()
  readonly #told = new WeakSet<object>()

  constructor() {
    window.__phoneErrors = this.#entries
  }

  add(text: string): void {
    // Which build a script is of says nothing to a reader.
    const entry = text.replace(/(\/phone\/\w+\.js)\?v=[\w-]+/g, '$1')
    this.#entries.push(entry)
    this.#tell()
    if (/\/phone\/script\.js:\d/.test(entry)) void this.#locate(entry)
  }

  /** For what is so each time: it stands in the list once, until that is cleared. */
  addOnce(text: string): void {
    if (!this.#entries.includes(text)) this.add(text)
  }

  /** Something thrown; the same one is told once, however far it is thrown on. */
  addThrown(error: unknown, what = ''): void {
    if (typeof error === 'object' && error !== null) {
      if (this.#told.has(error)) return
      this.#told.add(error)
    }
    this.add(what === '' ? describeError(error) : `${what}: ${describeError(error)}`)
  }

  clear(): void {
    this.#entries.length = 0
    this.#tell()
  }

  onChange(listener: (entries: readonly string[]) => void): void {
    this.#listeners.add(listener)
  }

  /** The entry is told at once; its places follow when the map from the script to the sources is there. */
  async #locate(entry: string): Promise<void> {
    const located = await locateInSources(entry)
    const index = this.#entries.indexOf(entry)
    if (index < 0 || located === entry) return
    this.#entries[index] = located
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#entries)
  }
}

/** Brings what goes wrong in this window, uncaught, before the tester's eyes. */
export function logUncaught(errors: ErrorLog): void {
  window.addEventListener('error', ({ error, message }) => {
    if (error) errors.addThrown(error)
    else errors.add(message)
  })
  window.addEventListener('unhandledrejection', ({ reason }) => errors.addThrown(reason, '未处理的 Promise'))
  // The page's policy keeps the phone from fetching anything of the web's, wherever that is written.
  document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    if (!/^https?:/.test(blockedURI)) return
    const what = effectiveDirective.startsWith('img') ? '图片' : '内容'
    errors.addOnce(`${blockedURI} 加载失败：这台手机不从网上取${what}，请放进小程序或云存储`)
  })
}
