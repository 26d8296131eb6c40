/** The example cannot be loaded or removed. The message is fit to show. */
export class ExampleError extends Error {
  override readonly name = 'ExampleError'
}
