import { deviceClock } from '../utils/clock'
import { config } from '../utils/config'
import type { Outcome } from '../utils/failure'
import { failed } from '../utils/failure'
import { readLastNumber } from '../utils/login-storage'
import type { PaidProof, PhoneProof } from '../utils/paid-proof'
import { readStoredProof, writeStoredProof } from '../utils/paid-proof'
import { getUserInfo } from './session-state'

/** WeChat's promise for a code is five minutes, and so is that of the ticket; the last few seconds are not worth it. */
const LIFE_MILLISECONDS = 290000

let memory: PaidProof | undefined
let isRead = false
let underWay = false
let listeners: readonly (() => void)[] = []

/**
 * What was paid for and has led to nothing yet, for the whole app: as long as there is one, no button asks WeChat for
 * another. It outlives the page and the app, within its five minutes.
 */
export function proofInHand(): PaidProof | undefined {
  const paid = kept()
  return paid && deviceClock.now() - paid.paidAt < LIFE_MILLISECONDS ? paid : undefined
}

/** At launch, when a page is shown, and before a try: what counts no more is kept no longer. */
export function dropOldProof(): void {
  const paid = kept()
  if (!paid) return
  const now = deviceClock.now()
  if (now - paid.paidAt >= LIFE_MILLISECONDS) write(undefined)
  // The phone's clock was put back: the age is unknown, so it counts from here, and the cloud has the last word.
  else if (now < paid.paidAt) write({ ...paid, paidAt: now })
}

/** Whether a try with the proof in hand is on its way. */
export function isProofUnderWay(): boolean {
  return underWay
}

/** At the phone button's answer: the code is paid for. Of two answers the first is used, if its try has begun. */
export function keepProof(phoneCode: string, purpose: PaidProof['purpose']): void {
  if (underWay) return
  const { phone, phoneVerifiedAt } = getUserInfo() ?? readLastNumber()
  write({
    proof: { phoneCode },
    paidAt: deviceClock.now(),
    wasSent: false,
    purpose,
    replaced: { phone, phoneVerifiedAt },
    consentVersion: purpose === 'login' ? config.agreementVersion : '',
  })
}

export function dropProof(): void {
  write(undefined)
}

/** Calls the listener when there is a proof, or none any more, or a try begins or ends. @returns ends that */
export function onProofChange(listener: () => void): () => void {
  listeners = [...listeners, listener]
  return () => {
    listeners = listeners.filter((other) => other !== listener)
  }
}

/**
 * Tries the proof in hand. It is dropped when it led to what it was for, or is refused; after any other failure it
 * stays in hand, or the ticket in its place.
 * @param use is told of the proof, and tells of each ticket that takes its place
 * @returns PHONE_CODE_INVALID where there is none, or none that is free
 */
export async function redeem<Data>(
  use: (paid: PaidProof, hold: (proof: PhoneProof) => void) => Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  dropOldProof()
  const paid = proofInHand()
  if (!paid || underWay) return failed('PHONE_CODE_INVALID')
  underWay = true
  // Written before it is sent: should the app be closed now, the next one knows that it may have been used.
  write({ ...paid, wasSent: true })
  try {
    const outcome = await use(paid, hold)
    if (outcome.ok || outcome.failure === 'PHONE_CODE_INVALID') write(undefined)
    else if (outcome.ticket !== undefined) hold({ ticket: outcome.ticket })
    return outcome
  } finally {
    underWay = false
    announce()
  }
}

function hold(proof: PhoneProof): void {
  if (memory) write({ ...memory, proof })
}

function write(paid: PaidProof | undefined): void {
  remember(paid)
  writeStoredProof(paid)
  announce()
}

function kept(): PaidProof | undefined {
  if (!isRead) remember(readStoredProof())
  return memory
}

function remember(paid: PaidProof | undefined): void {
  isRead = true
  memory = paid
}

function announce(): void {
  for (const listener of listeners) listener()
}
