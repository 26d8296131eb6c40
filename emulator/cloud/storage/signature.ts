import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs short texts with a key of its own, so that file addresses can not be made up or changed. */
export class Signer {
  readonly #key: Buffer

  constructor(key: Buffer) {
    this.#key = key
  }

  sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex')
  }

  verify(text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(text))
    const given = Buffer.from(signature)
    return expected.length === given.length && timingSafeEqual(expected, given)
  }
}
