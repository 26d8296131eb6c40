import * as v from 'valibot'
import type { UserInfo } from '../../../contract/user-info.ts'
import { AppError } from '../core/app-error.ts'
import { refuseClientDocument } from '../database/client-document.ts'
import { databaseName } from '../database/collection-names.ts'
import {
  incomingTransferSchema,
  movingToSchema,
  requestedTransferSchema,
  transferRefusalsSchema,
  transferRequestSchema,
} from './transfer-fields.ts'

const sessionSchema = v.object({
  id: v.string(),
  device: v.object({ model: v.string(), platform: v.string() }),
  createdAt: v.date(),
  lastSeenAt: v.date(),
  expiresAt: v.date(),
})

/**
 * The fields of a document of `users` that the functions rely on. Administrators can edit these documents, so they are
 * parsed like all other external data.
 */
const userSchema = v.object({
  _id: v.string(),
  openid: v.string(),
  unionid: v.optional(v.string()),
  /** Which account of this person it is (`generation.ts`); absent for an account of an older version or an import. */
  generation: v.optional(v.string()),
  /** Empty, like the other phone fields, for an account without a number. */
  phoneMasked: v.optional(v.string(), ''),
  phoneCipher: v.optional(v.string(), ''),
  phoneHash: v.optional(v.string(), ''),
  /** When WeChat vouched for the number. */
  phoneVerifiedAt: v.optional(v.date()),
  nickname: v.optional(v.string(), ''),
  avatar: v.optional(v.string(), ''),
  /** `closing`: the account's deletion is under way, or broke off. */
  status: v.picklist(['active', 'disabled', 'closing']),
  /** Why and when an administrator last changed the status. */
  statusReason: v.optional(v.string()),
  statusAt: v.optional(v.date()),
  closingAt: v.optional(v.date()),
  consent: v.object({ version: v.string(), at: v.date() }),
  sessions: v.array(sessionSchema),
  /** The times of the latest logins, to limit their rate. */
  loginWindow: v.optional(v.array(v.date()), []),
  loginCount: v.optional(v.number(), 0),
  createdAt: v.date(),
  lastLoginAt: v.optional(v.date()),
  /** Ids of the old documents of an imported person. No login depends on it. */
  importedFrom: v.fallback(v.optional(v.array(v.string())), undefined),
  transferRequest: v.fallback(v.optional(transferRequestSchema), undefined),
  transferRefusals: v.fallback(v.optional(transferRefusalsSchema), undefined),
  requestedTransfer: v.fallback(v.optional(requestedTransferSchema), undefined),
  incomingTransfer: v.optional(incomingTransferSchema),
  movingTo: v.optional(movingToSchema),
})

export type User = v.InferOutput<typeof userSchema>

/**
 * @throws AppError MISCONFIGURED for a document that a client wrote: the collection's permission is wrong
 * @throws AppError INTERNAL for a damaged document
 */
export function parseUser(document: unknown): User {
  refuseClientDocument('users', document)
  const user = v.safeParse(userSchema, document)
  if (user.success) return user.output
  const field = v.getDotPath(user.issues[0]) ?? 'the whole of it'
  throw new AppError('INTERNAL', { log: `a document of \`${databaseName('users')}\` is damaged: ${field}` })
}

/** The user info that the user's own pages show. */
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
