/** A file holds TypeScript that has no counterpart in JavaScript with JSDoc. The message names file, line and construct. */
export class NotConvertible extends Error {
  override readonly name = 'NotConvertible'
}
