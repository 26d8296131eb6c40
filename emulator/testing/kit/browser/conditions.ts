import type { ApiReplacement } from '../phone.ts'

// These run in the windows of the phone, and use nothing from around them. What they keep lasts until the tab is closed.

interface ConditionsWindow {
  location: { protocol: string }
  sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void }
  Date: DateConstructor
  __kitReplace?: (name: string, replacement: ApiReplacement | undefined) => void
}

/** Runs in each window before its own script. */
export function applyConditions(): void {
  const view = globalThis as unknown as ConditionsWindow
  if (!view.location.protocol.startsWith('http')) return
  const RealDate = view.Date
  const now = () => RealDate.now() + Number(view.sessionStorage.getItem('kit/clock') ?? 0)
  view.Date = new Proxy(RealDate, {
    construct: (_, parameters, self) =>
      Reflect.construct(RealDate, parameters.length === 0 ? [now()] : parameters, self),
    get: (_, name) => (name === 'now' ? now : Reflect.get(RealDate, name)),
  })

  let wx: Record<string, unknown> | undefined
  const originals = new Map<string, unknown>()
  const replaced = (replacement: ApiReplacement) => {
    if (replacement === 'absent') return undefined
    return (options: Record<string, ((result: object) => void) | undefined> = {}) => {
      if ('throws' in replacement) throw new Error(replacement.throws)
      const isSuccess = 'success' in replacement
      const result = isSuccess ? replacement.success : replacement.fail
      const { success, fail, complete } = options
      if (!success && !fail && !complete) return isSuccess ? Promise.resolve(result) : Promise.reject(result)
      if (isSuccess) success?.(result)
      else fail?.(result)
      complete?.(result)
      return undefined
    }
  }
  const replacements = (): Record<string, ApiReplacement> =>
    JSON.parse(view.sessionStorage.getItem('kit/apis') ?? '{}')
  const apply = (name: string, replacement: ApiReplacement | undefined) => {
    if (!wx) return
    if (!originals.has(name)) originals.set(name, wx[name])
    wx[name] = replacement === undefined ? originals.get(name) : replaced(replacement)
  }
  view.__kitReplace = (name, replacement) => {
    view.sessionStorage.setItem('kit/apis', JSON.stringify({ ...replacements(), [name]: replacement }))
    apply(name, replacement)
  }
  // The screen's script sets it before the mini-program runs.
  Object.defineProperty(globalThis, 'wx', {
    get: () => wx,
    set: (value: Record<string, unknown>) => {
      wx = value
      originals.clear()
      for (const [name, replacement] of Object.entries(replacements())) apply(name, replacement)
    },
    configurable: true,
    enumerable: true,
  })
}

export function setClockAhead(milliseconds: number): void {
  const { sessionStorage } = globalThis as unknown as ConditionsWindow
  sessionStorage.setItem('kit/clock', String(milliseconds))
}

/** In the window of the screen. @param replacement WeChat's own interface without one */
export function setReplacement({ name, replacement }: { name: string; replacement?: ApiReplacement }): void {
  ;(globalThis as unknown as ConditionsWindow).__kitReplace?.(name, replacement)
}
