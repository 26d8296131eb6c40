/** The parameter of `Component`, `Page` or `Behavior` as the mini-program wrote it, or as glass-easel takes it. */
export type Definition = Record<string, unknown>

/** Reports what WeChat tolerates in a definition with a warning. */
export type Note = (message: string) => void

export function isRecord(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const recordOf = (value: unknown): Definition => (isRecord(value) ? value : {})
