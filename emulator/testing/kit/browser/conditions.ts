import type { ApiReplacement } from '../phone.ts'

// These run in the windows of the phone, and use nothing from around them. What they keep lasts until the tab is closed.

interface ConditionsWindow {
  location: { protocol: string; search: string }
  sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void }
  Date: DateConstructor
  setTimeout: (run: unknown, milliseconds?: number, ...values: unknown[]) => number
  clearTimeout: (timer: number | undefined) => void
  setInterval: (run: unknown, milliseconds?: number, ...values: unknown[]) => number
  clearInterval: (timer: number | undefined) => void
  __kitPass?: (milliseconds: number) => void
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

/** Runs in each window before its own script: in that of the mini-program, time may pass at once. */
export function controlTimers(mostRuns: number): void {
  const view = globalThis as unknown as ConditionsWindow
  if (!view.location.search.includes('part=screen')) return
  const { setTimeout, clearTimeout, setInterval, clearInterval } = view
  /** Times are of the machine, plus what has passed at once. */
  let passed = 0
  const now = () => performance.now() + passed
  const timers = new Map<number, { run: () => void; dueAt: number }>()
  view.setTimeout = (run, milliseconds = 0, ...values) => {
    if (typeof run !== 'function') return setTimeout(run, milliseconds)
    const act = () => {
      clearTimeout(timer)
      timers.delete(timer)
      run(...values)
    }
    const timer = setTimeout(act, milliseconds)
    timers.set(timer, { run: act, dueAt: now() + milliseconds })
    return timer
  }
  view.setInterval = (run, milliseconds = 0, ...values) => {
    if (typeof run !== 'function') return setInterval(run, milliseconds)
    const act = () => {
      const timing = timers.get(timer)
      if (timing) timing.dueAt += Math.max(milliseconds, 1)
      run(...values)
    }
    const timer = setInterval(act, milliseconds)
    timers.set(timer, { run: act, dueAt: now() + milliseconds })
    return timer
  }
  view.clearTimeout = view.clearInterval = (timer) => {
    if (timer !== undefined) timers.delete(timer)
    clearTimeout(timer)
    clearInterval(timer)
  }
  view.__kitPass = (milliseconds) => {
    passed += milliseconds
    for (let runs = 0; runs < mostRuns; runs++) {
      const [next] = [...timers.values()].sort((one, other) => one.dueAt - other.dueAt)
      if (!next || next.dueAt > now()) return
      next.run()
    }
  }
}

/** In the window of the mini-program: what its timers waited for happens. */
export function passTime(milliseconds: number): void {
  ;(globalThis as unknown as ConditionsWindow).__kitPass?.(milliseconds)
}

export function setClockAhead(milliseconds: number): void {
  const { sessionStorage } = globalThis as unknown as ConditionsWindow
  sessionStorage.setItem('kit/clock', String(milliseconds))
}

/** In the window of the screen. @param replacement WeChat's own interface without one */
export function setReplacement({ name, replacement }: { name: string; replacement?: ApiReplacement }): void {
  ;(globalThis as unknown as ConditionsWindow).__kitReplace?.(name, replacement)
}
