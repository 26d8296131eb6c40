/** Why nothing is written: one line for the developer, Chinese first. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
