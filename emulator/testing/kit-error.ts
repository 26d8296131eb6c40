/** What a test asked for and cannot have. The message says what is there. */
export class KitError extends Error {
  override readonly name = 'KitError'
}
