import { ANSWER_VERSION, type Refusal, type RefusalReason } from '../../core/run-answer.ts'

/** Ends a call: nothing is asked. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, message: string) {
    super(message)
    this.reason = reason
  }

  get answer(): Refusal {
    return { parity: ANSWER_VERSION, refused: this.reason, message: this.message }
  }
}
