/** Something thrown, in words for the tester. Errors of the window around the screen are of another class there. */
export function describeError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const { message, stack } = error as { message?: unknown; stack?: unknown }
  if (typeof message !== 'string') return JSON.stringify(error)
  if (typeof stack !== 'string') return message
  return stack.includes(message) ? stack : `${message}\n${stack}`
}
