import * as v from 'valibot'
import type { UserInfo } from '../../contract/user-info.ts'
import { AppError } from './app-error.ts'
import { refuseClientDocument } from './client-document.ts'

const sessionSchema = v.object({
  id: v.string(),
  device: v.object({ model: v.string(), platform: v.string() }),
  createdAt: v.date(),
  lastSeenAt: v.date(),
  expiresAt: v.date(),
})

/**
 * A document of `users`, as far as functions rely on it. Administrators see and may edit these documents, so they
 * are parsed like anything else that comes from outside.
 */
const userSchema = v.object({
  _id: v.string(),
  openid: v.string(),
  unionid: v.optional(v.string()),
  /** Which account of this person it is (generation.ts); absent for one that an older version made, or an import. */
  generation: v.optional(v.string()),
  /** Empty, like the other phone fields, for an account without a number. */
  phoneMasked: v.optional(v.string(), ''),
  phoneCipher: v.optional(v.string(), ''),
  phoneHash: v.optional(v.string(), ''),
  /** When WeChat vouched for the number. */
  phoneVerifiedAt: v.optional(v.date()),
  nickname: v.optional(v.string(), ''),
  avatar: v.optional(v.string(), ''),
  /** `closing`: asked to be deleted, which is under way or broke off. */
  status: v.picklist(['active', 'disabled', 'closing']),
  /** Why and when an administrator last changed the status. */
  statusReason: v.optional(v.string()),
  statusAt: v.optional(v.date()),
  closingAt: v.optional(v.date()),
  consent: v.object({ version: v.string(), at: v.date() }),
  sessions: v.array(sessionSchema),
  /** The latest logins, to limit their rate. */
  loginWindow: v.optional(v.array(v.date()), []),
  loginCount: v.optional(v.number(), 0),
  createdAt: v.date(),
  lastLoginAt: v.optional(v.date()),
})

export type User = v.InferOutput<typeof userSchema>

/**
 * @throws AppError MISCONFIGURED for a document that a client wrote itself: the collection's permission is wrong
 * @throws AppError INTERNAL for one that is not whole
 */
export function parseUser(document: unknown): User {
  refuseClientDocument('users', document)
  const user = v.safeParse(userSchema, document)
  if (user.success) return user.output
  const field = v.getDotPath(user.issues[0]) ?? 'the whole of it'
  throw new AppError('INTERNAL', { log: `a document of \`users\` is damaged: ${field}` })
}

/** What the user's own pages show. */
export function userInfoOf(
  user: Pick<User, '_id' | 'phoneMasked' | 'phoneVerifiedAt' | 'nickname' | 'avatar'>,
): UserInfo {
  const { _id: id, phoneMasked: phone, phoneVerifiedAt, nickname, avatar } = user
  return {
    id,
    phone,
    ...(phone === '' || !phoneVerifiedAt ? {} : { phoneVerifiedAt: phoneVerifiedAt.getTime() }),
    nickname,
    avatar,
  }
}
