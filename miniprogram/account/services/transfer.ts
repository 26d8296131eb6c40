import type {
  AnswerTransferData,
  CancelTransferData,
  RequestTransferData,
  TransferStateData,
} from '../../../contract/account'
import { callGuarded } from '../../auth/calls/cloud'
import { deviceClock } from '../../auth/core/clock'
import type { Outcome } from '../../auth/core/outcome'
import { done, failed } from '../../auth/core/outcome'
import { dropCredential } from '../../auth/session/phone-credential'
import { checkSession, forgetAccount, reloadPages } from '../../auth/session/session'
import { isLoggedIn } from '../../auth/session/session-state'
import { sameLogin } from '../../auth/storage/login-epoch'
import { dayInWords } from '../utils/day'
import { TEXTS } from '../utils/texts'

export interface TransferView {
  /** What this account is asked; `until` such as `12月5日`. */
  question: { id: string; until: string } | null
  /** How it stands with what this account asks, in words; empty until it is known. */
  status: string
  /** The last day of a question that waits for the other account; empty for none. */
  waitsUntil: string
  mayRequest: boolean
  /** Of a transfer that ended well; empty for none. */
  movedId: string
}

export async function readTransfer(): Promise<Outcome<TransferView>> {
  const outcome = await callGuarded('account', { action: 'transferState' })
  return outcome.ok ? done(viewTransfer(outcome.data)) : outcome
}

/** Asks the other account of this number. Repeated while that waits, changes nothing. */
export function requestTransfer(): Promise<Outcome<RequestTransferData>> {
  return callGuarded('account', { action: 'requestTransfer' })
}

export function cancelTransfer(): Promise<Outcome<CancelTransferData>> {
  return callGuarded('account', { action: 'cancelTransfer' })
}

export function refuseTransfer(id: string): Promise<Outcome<AnswerTransferData>> {
  return callGuarded('account', { action: 'answerTransfer', id, accept: false })
}

/**
 * Moves all that this account holds to the account that asks, and closes this one. If it stops half-way or the answer is
 * lost, another call finishes it. Afterwards, and if the account is gone already, nothing of it stays on this phone.
 */
export async function acceptTransfer(id: string): Promise<Outcome<AnswerTransferData>> {
  const isCurrent = sameLogin()
  const outcome = await callGuarded('account', { action: 'answerTransfer', id, accept: true }, [
    'ACCOUNT_CLOSED',
  ])
  if (!outcome.ok && outcome.failure !== 'ACCOUNT_CLOSED') return outcome
  // Another user logged in meanwhile: their account is not the one that moved.
  if (!isCurrent() && isLoggedIn()) return failed('SIGNED_OUT')
  dropCredential()
  forgetAccount()
  return outcome
}

/** Ids of transfers whose content the pages of this phone have loaded. */
let loaded: readonly string[] = []

/** Once for each transfer that has ended well: every page loads what the account holds now. */
export async function reloadOnceMoved({ movedId }: TransferView): Promise<void> {
  if (movedId === '' || loaded.indexOf(movedId) >= 0) return
  loaded = [...loaded, movedId]
  await checkSession()
  if (isLoggedIn()) reloadPages()
}

/** Until it is known. */
export const NO_TRANSFER: TransferView = {
  question: null,
  status: '',
  waitsUntil: '',
  mayRequest: false,
  movedId: '',
}

function viewTransfer(state: TransferStateData): TransferView {
  const { requested, request, mayRequest } = state
  const { states, found, none } = TEXTS.transfer
  const day = (time: number) => dayInWords(time, deviceClock.now())
  return {
    question: request ? { id: request.id, until: day(request.expiresAt) } : null,
    status: requested ? states[requested.state] : mayRequest ? found : request ? '' : none,
    waitsUntil: requested?.state === 'waiting' ? day(requested.expiresAt) : '',
    mayRequest,
    movedId: requested?.state === 'moved' ? requested.id : '',
  }
}
