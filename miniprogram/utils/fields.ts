/** What an object of unknown origin has; nothing for whatever is no object. */
export function fields(value: unknown): { [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
