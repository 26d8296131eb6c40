/** Something thrown, in words for the tester. Errors of the window around the screen are of another class there. */
export function describeError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const { message, stack } = error as { message?: unknown; stack?: unknown }
  if (typeof message !== 'string') return JSON.stringify(error)
  if (typeof stack !== 'string') return message
  return stack.includes(message) ? stack : `${message}\n${stack}`
}

/** The same in one line, for a page that shows it: the panel has the rest. */
export function messageOf(error: unknown): string {
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown }
  return typeof message === 'string' ? `${String(name ?? 'Error')}: ${message}` : describeError(error)
}
