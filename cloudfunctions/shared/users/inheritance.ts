import { DEFAULT_NICKNAME } from '../../app-config.ts'
import { AppError } from '../core/app-error.ts'
import { decrypt, encrypt } from '../crypto/encryption.ts'
import { command as _ } from '../database/database.ts'
import type { Invocation } from '../request/call.ts'
import type { AccountDeletion } from './closed-accounts.ts'
import type { MovingTo } from './transfer-fields.ts'
import type { User } from './user.ts'
import { findUser, updateUser } from './users.ts'

/** What an account leaves to another one, besides its documents. */
export interface Inheritance {
  nickname: string
  avatar: string
  phoneMasked: string
  phoneCipher: string
  phoneHash: string
  countryCode: string
  phoneVerifiedAt?: Date | undefined
  /** Ids of old documents, by which the app may still look for their person. */
  importedFrom?: readonly string[] | undefined
}

/** An account of status `closing` whose documents go to another one. */
export interface MovingAccount extends AccountDeletion, Inheritance {
  movingTo: MovingTo
}

/** How often the receiver is read: the person may be changing their profile. */
const TRIES = 3

/**
 * Gives the receiver nickname, picture and number where it has none of its own, and a number that WeChat has vouched for in
 * place of one that it has not. Once for each move, so that what the person changes afterwards stays. One or two round trips.
 * @returns the receiver's picture, and whether it has a number now and had none before this call
 * @throws AppError MISCONFIGURED when the number's key is missing: the account is not closed then, so that nothing is lost
 */
export async function inherit(
  invocation: Invocation,
  account: MovingAccount,
  receiver: User,
): Promise<{ avatar: string; hasNewPhone: boolean }> {
  const { budget, now } = invocation
  const { id } = account.movingTo
  let current: User | null = receiver
  for (let tries = 0; tries < TRIES && current; tries++) {
    if (current.incomingTransfer?.receivedAt) return { avatar: current.avatar, hasNewPhone: false }
    const change = inheritedFields(invocation, account, current)
    const receivedAt = { 'incomingTransfer.receivedAt': new Date(now), updatedAt: new Date(now) }
    // An import that is run again must not replace what has arrived.
    const arrived = { ...change, ...receivedAt, ...oldIdsFrom(account, current), importedAsOf: _.remove() }
    if (await updateUser(budget, unchanged(current, id), arrived)) {
      const hasNewPhone = current.phoneHash === '' && takesNumber(account, current)
      return { avatar: change.avatar ?? current.avatar, hasNewPhone }
    }
    current = await findUser(budget, receiver._id)
  }
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the account that receives kept changing' })
}

/** Condition: the receiver still expects the move, and still has the profile that was read. */
function unchanged({ _id, nickname, avatar, phoneHash, phoneVerifiedAt }: User, id: string): object {
  const same = (text: string) => (text === '' ? _.in(['', null]) : text)
  return {
    _id,
    'incomingTransfer.id': id,
    'incomingTransfer.receivedAt': _.exists(false),
    nickname: same(nickname),
    avatar: same(avatar),
    phoneHash: same(phoneHash),
    phoneVerifiedAt: phoneVerifiedAt ?? _.exists(false),
  }
}

function inheritedFields(
  invocation: Invocation,
  account: MovingAccount,
  receiver: User,
): { avatar?: string; nickname?: string } {
  const hasNickname = receiver.nickname !== '' && receiver.nickname !== DEFAULT_NICKNAME
  return {
    ...(hasNickname || account.nickname === '' ? {} : { nickname: account.nickname }),
    ...(receiver.avatar !== '' || account.avatar === '' ? {} : { avatar: account.avatar }),
    ...(takesNumber(account, receiver) ? numberFor(invocation, account, receiver._id) : {}),
  }
}

function oldIdsFrom({ importedFrom = [] }: Inheritance, { importedFrom: known = [] }: User): object {
  const further = importedFrom.filter((id) => !known.includes(id))
  return further.length === 0 ? {} : { importedFrom: _.push({ each: further }) }
}

function takesNumber(account: Inheritance, receiver: Pick<User, 'phoneHash' | 'phoneVerifiedAt'>): boolean {
  if (account.phoneHash === '') return false
  return receiver.phoneHash === '' || (!receiver.phoneVerifiedAt && account.phoneVerifiedAt !== undefined)
}

/** The number, encrypted for the receiver. */
function numberFor({ keys }: Invocation, account: MovingAccount, receiverId: string): object {
  const { phoneMasked, phoneCipher, phoneHash, countryCode, phoneVerifiedAt } = account
  const number = decrypt(keys.phone, account.userId, phoneCipher)
  if (number === undefined) {
    throw new AppError('MISCONFIGURED', {
      alarm: 'KEY_NEEDED',
      log: 'a transfer waits: its phoneCipher cannot be decrypted, a key is missing in LOGIN_SECRETS',
    })
  }
  return {
    phoneMasked,
    phoneCipher: encrypt(keys.phone, receiverId, number),
    phoneHash,
    countryCode,
    ...(phoneVerifiedAt ? { phoneVerifiedAt } : {}),
  }
}
