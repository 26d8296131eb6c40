import type { Failed } from '../utils/failure'
import type { PhoneProof } from './phone-proof'

/** A proof in the hand of a page, from the tap that paid for it. */
export interface PaidProof {
  proof: PhoneProof
  /** Milliseconds since 1970. */
  tappedAt: number
}

/** WeChat's promise for a code is five minutes, and so is that of the ticket; the last few seconds are not worth it. */
const LIFE_MILLISECONDS = 290000

export function isWorthATry(paid: PaidProof | undefined): paid is PaidProof {
  return paid !== undefined && Date.now() - paid.tappedAt < LIFE_MILLISECONDS
}

/** What is in hand after a failure: the ticket, if it brought one. */
export function stillPaid(paid: PaidProof, { ticket }: Failed): PaidProof {
  return ticket === undefined ? paid : { ...paid, proof: { ticket } }
}
