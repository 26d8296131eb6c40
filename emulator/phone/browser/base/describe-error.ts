/** Describes a thrown value for the tester. An error from another window is no `instanceof Error` in this one. */
export function describeError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const { message, stack } = error as { message?: unknown; stack?: unknown }
  if (typeof message !== 'string') return JSON.stringify(error)
  if (typeof stack !== 'string') return message
  return stack.includes(message) ? stack : `${message}\n${stack}`
}

/** Describes a thrown value in one line, to be shown on a page. The panel shows the stack. */
export function messageOf(error: unknown): string {
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown }
  return typeof message === 'string' ? `${String(name ?? 'Error')}: ${message}` : describeError(error)
}
