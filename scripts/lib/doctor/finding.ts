/** The result of one check, in words to act on. */
export interface Finding {
  /** `error` breaks production; `warning` may be intended. */
  level: 'ok' | 'warning' | 'error'
  /** What it is about, Chinese and English. */
  about: string
  /** The result of the check. */
  found: string
  /** What to do about it. */
  todo?: string
}

export function ok(about: string, found: string): Finding {
  return { level: 'ok', about, found }
}

export function warning(about: string, found: string, todo: string): Finding {
  return { level: 'warning', about, found, todo }
}

export function error(about: string, found: string, todo: string): Finding {
  return { level: 'error', about, found, todo }
}
