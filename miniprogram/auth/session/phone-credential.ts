import { config } from '../config'
import { deviceClock } from '../core/clock'
import type { Outcome } from '../core/outcome'
import { failed } from '../core/outcome'
import { readLastNumber } from '../storage/login-storage'
import type { PhoneCredential, PhoneProof } from '../storage/phone-credential'
import { readStoredCredential, writeStoredCredential } from '../storage/phone-credential'
import { getUserInfo } from './session-state'

/** WeChat's code and the ticket are valid for five minutes. The last seconds are left out: a call takes time. */
const LIFE_MILLISECONDS = 290000

let memory: PhoneCredential | undefined
let isRead = false
let isInUse = false
let listeners: readonly (() => void)[] = []

/**
 * The phone credential of the whole app: paid for and not redeemed yet. While there is one, no button asks WeChat for
 * another. It outlives the page and the app, within its five minutes.
 */
export function currentCredential(): PhoneCredential | undefined {
  const credential = readCredential()
  return credential && deviceClock.now() - credential.paidAt < LIFE_MILLISECONDS ? credential : undefined
}

/** At launch, when a page is shown, and before a try: removes an expired credential. */
export function dropExpiredCredential(): void {
  const credential = readCredential()
  if (!credential) return
  const now = deviceClock.now()
  if (now - credential.paidAt >= LIFE_MILLISECONDS) write(undefined)
  // The phone's clock was put back, so the age is unknown: it counts from now, and the cloud decides.
  else if (now < credential.paidAt) write({ ...credential, paidAt: now })
}

/** Whether a try with the credential is under way. */
export function isCredentialInUse(): boolean {
  return isInUse
}

/** At the phone button's answer: the code is paid for. While a try is under way, a second answer is ignored. */
export function storeCredential(phoneCode: string, purpose: PhoneCredential['purpose']): void {
  if (isInUse) return
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

export function dropCredential(): void {
  write(undefined)
}

/** Calls the listener when the credential is stored or dropped, and when a try begins or ends. @returns stops that */
export function onCredentialChange(listener: () => void): () => void {
  listeners = [...listeners, listener]
  return () => {
    listeners = listeners.filter((other) => other !== listener)
  }
}

/**
 * Tries the credential. It is dropped when it is redeemed or refused; after any other failure it stays, or the ticket
 * replaces it.
 * @param use redeems it, and calls `onTicket` for each ticket that replaces it
 * @returns PHONE_CODE_INVALID if there is none, or a try is under way
 */
export async function withCredential<Data>(
  use: (credential: PhoneCredential, onTicket: (proof: PhoneProof) => void) => Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  dropExpiredCredential()
  const credential = currentCredential()
  if (!credential || isInUse) return failed('PHONE_CODE_INVALID')
  isInUse = true
  // Written before it is sent: if the app is closed now, the next launch knows that it may be used.
  write({ ...credential, wasSent: true })
  try {
    const outcome = await use(credential, replaceProof)
    if (outcome.ok || outcome.failure === 'PHONE_CODE_INVALID') write(undefined)
    else if (outcome.ticket !== undefined) replaceProof({ ticket: outcome.ticket })
    return outcome
  } finally {
    isInUse = false
    notifyListeners()
  }
}

function replaceProof(proof: PhoneProof): void {
  if (memory) write({ ...memory, proof })
}

function write(credential: PhoneCredential | undefined): void {
  remember(credential)
  writeStoredCredential(credential)
  notifyListeners()
}

function readCredential(): PhoneCredential | undefined {
  if (!isRead) remember(readStoredCredential())
  return memory
}

function remember(credential: PhoneCredential | undefined): void {
  isRead = true
  memory = credential
}

function notifyListeners(): void {
  for (const listener of listeners) listener()
}
