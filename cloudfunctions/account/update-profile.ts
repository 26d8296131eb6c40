import * as v from 'valibot'
import type {
  AvatarUploadData,
  AvatarUploadRequest,
  UpdateAccountData,
  UpdateAccountRequest,
} from '../../contract/account.ts'
import type { UserInfo } from '../../contract/user-info.ts'
import { AppError } from '../shared/core/app-error.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { isVisibleText } from '../shared/core/visible-text.ts'
import { type LoggedIn, requireLogin } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { optionalTextField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { userInfoOf } from '../shared/users/user.ts'
import { changeLoggedIn } from '../shared/users/users.ts'
import { changePicture } from './change-picture.ts'
import { checkAvatar } from './check-avatar.ts'
import { checkNickname } from './check-nickname.ts'
import { MAXIMUM_AVATAR_BYTES, reserveUpload } from './reservations.ts'
import { findExcessPaths, withdrawPaths } from './upload-paths.ts'

const MAXIMUM_NICKNAME_CHARACTERS = 20

/** The empty text removes the nickname. A text of spaces alone is invalid. */
const nicknameField = v.union([
  v.literal(''),
  v.pipe(
    v.string(),
    v.trim(),
    v.check(isVisibleText),
    v.check((text) => [...text].length <= MAXIMUM_NICKNAME_CHARACTERS),
  ),
])

export const updateInput = requestSchema<UpdateAccountRequest>()(
  v.object({
    action: v.literal('update'),
    nickname: v.optional(nicknameField),
    avatar: v.optional(optionalTextField(512)),
  }),
)

export const avatarUploadInput = requestSchema<AvatarUploadRequest>()(
  v.object({
    action: v.literal('avatarUpload'),
    type: v.picklist(['jpg', 'png', 'webp']),
  }),
)

export function findPathsToWithdraw(_input: unknown, call: Call): Promise<string[]> {
  return findExcessPaths(call)
}

/** Reserves a path to upload to, and withdraws the user's oldest open paths beyond the maximum. */
export async function avatarUpload(
  { type }: v.InferOutput<typeof avatarUploadInput>,
  call: Call,
  { user }: LoggedIn,
  pathsToWithdraw: readonly string[],
): Promise<AvatarUploadData> {
  const [cloudPath] = await settleAll([reserveUpload(call, user, type), withdrawPaths(call, pathsToWithdraw)])
  return { cloudPath, maximumBytes: MAXIMUM_AVATAR_BYTES }
}

/**
 * Changes nickname, picture or both; changes neither if one of them is refused.
 * @throws AppError BAD_REQUEST, AVATAR_INVALID, CONTENT_RISKY, CONTENT_DOUBTFUL, CONTENT_UNCHECKED
 */
export async function updateProfile(
  { nickname, avatar }: v.InferOutput<typeof updateInput>,
  call: Call,
  login: LoggedIn,
): Promise<UpdateAccountData> {
  if (nickname === undefined && avatar === undefined) throw new AppError('BAD_REQUEST', { field: 'nickname' })
  const [checked] = await settleAll([
    avatar ? checkAvatar(call, avatar, login.user.avatar) : undefined,
    nickname ? checkNickname(call, nickname) : undefined,
  ])
  const rest = nickname === undefined ? {} : { nickname }
  // Without `checked`, the user has the requested picture already.
  const changesPicture = avatar === '' || checked !== undefined
  const userInfo = changesPicture
    ? await changePicture(call, login, rest, checked)
    : await changeProfile(call, login, rest)
  return { userInfo }
}

async function changeProfile(
  call: Call,
  { user, claims }: LoggedIn,
  change: { nickname?: string },
): Promise<UserInfo> {
  if (change.nickname === undefined) return userInfoOf(user)
  if (!(await changeLoggedIn(call, claims.sessionId, change))) {
    await requireLogin(call)
    throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while the profile was' })
  }
  return userInfoOf({ ...user, ...change })
}
