import { DEFAULT_NICKNAME } from '../app-config.ts'
import { DuplicateKey, query } from '../shared/database/database.ts'
import type { Budget } from '../shared/request/budget.ts'
import type { Caller } from '../shared/request/caller.ts'
import type { Consent } from '../shared/users/consent.ts'
import type { Session } from '../shared/users/session.ts'
import type { StoredPhone } from '../shared/users/stored-phone.ts'
import type { User } from '../shared/users/user.ts'
import { users } from '../shared/users/users.ts'

export interface NewUser {
  userId: string
  caller: Caller
  /** Absent for an account without a number. */
  phone?: StoredPhone
  consent: Consent
  session: Session
  generation: string
  now: number
}

const NO_PHONE = { phoneMasked: '', phoneCipher: '', phoneHash: '', countryCode: '' }

/** Returns the new user, or null when the person has a document already. One round trip. */
export async function createUser(budget: Budget, newUser: NewUser): Promise<User | null> {
  const { userId, caller, phone = NO_PHONE, consent, session, generation, now } = newUser
  const at = new Date(now)
  const document = {
    _id: userId,
    openid: caller.openid,
    ...(caller.unionid === undefined ? {} : { unionid: caller.unionid }),
    generation,
    ...phone,
    nickname: DEFAULT_NICKNAME,
    avatar: '',
    status: 'active' as const,
    consent,
    sessions: [session],
    loginWindow: [at],
    loginCount: 1,
    createdAt: at,
    updatedAt: at,
    lastLoginAt: at,
  }
  try {
    await query(budget, users().add({ data: document }))
    return document
  } catch (error) {
    if (error instanceof DuplicateKey) return null
    throw error
  }
}
