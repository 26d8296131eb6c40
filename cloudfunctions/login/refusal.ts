import { AppError } from '../shared/core/app-error.ts'
import { isPhoneRequired } from '../shared/core/environment.ts'
import type { VerifiedPhone } from '../shared/phone/verified-phone.ts'
import { type Consent, CURRENT_CONSENT_VERSION } from '../shared/users/consent.ts'
import { secondsUntilLogin } from '../shared/users/login-rate.ts'
import type { User } from '../shared/users/user.ts'

interface Refused {
  user: User | null
  /** Milliseconds since 1970. */
  now: number
  consent: Consent | undefined
  phone: VerifiedPhone | undefined
}

/** Why no session was opened for this user. */
export function refusalOf({ user, now, consent, phone }: Refused): AppError {
  if (!user) return new AppError('PHONE_REQUIRED')
  if (user.status === 'disabled') return new AppError('ACCOUNT_DISABLED')
  if (!phone && user.phoneHash === '' && isPhoneRequired()) return new AppError('PHONE_REQUIRED')
  if (!consent && !hasCurrentConsent(user)) return new AppError('CONSENT_REQUIRED')
  if (phone && isUsed(phone, user)) return new AppError('PHONE_CODE_INVALID')
  const seconds = secondsUntilLogin(user.loginWindow, now)
  if (seconds > 0) return new AppError('RATE_LIMITED', { retryAfterSeconds: seconds })
  // Nothing stands against it now: somebody changed the user between the read and the write.
  return new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed during login', retryAfterSeconds: 1 })
}

/** @throws AppError before a code is spent on a login that would be refused */
export function requireWorthACode({ user, now, consent }: Omit<Refused, 'phone'>): void {
  if (user?.status === 'disabled') throw new AppError('ACCOUNT_DISABLED')
  // An account that is being closed is gone before the login is: the person is new.
  const known = user?.status === 'active' ? user : undefined
  if (!consent && !(known && hasCurrentConsent(known))) throw new AppError('CONSENT_REQUIRED')
  const seconds = known ? secondsUntilLogin(known.loginWindow, now) : 0
  if (seconds > 0) throw new AppError('RATE_LIMITED', { retryAfterSeconds: seconds })
}

/** A ticket whose number, or a newer one, is on file already. */
function isUsed({ byTicket, stored }: VerifiedPhone, { phoneVerifiedAt }: User): boolean {
  return byTicket && phoneVerifiedAt !== undefined && phoneVerifiedAt >= stored.phoneVerifiedAt
}

function hasCurrentConsent(user: User): boolean {
  return user.consent.version === CURRENT_CONSENT_VERSION
}
