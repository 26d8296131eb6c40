/** The fields of an object of unknown origin; none for a value that is no object. */
export function asRecord(value: unknown): { [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
