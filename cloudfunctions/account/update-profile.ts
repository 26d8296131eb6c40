import * as v from 'valibot'
import type { AvatarUploadData, UpdateAccountData } from '../../contract/account.ts'
import type { UserInfo } from '../../contract/user-info.ts'
import { allDone } from '../shared/all-done.ts'
import { AppError } from '../shared/app-error.ts'
import { MAXIMUM_AVATAR_BYTES, reserveAvatar } from '../shared/avatars.ts'
import type { Call } from '../shared/call.ts'
import { type LoggedIn, requireLogin } from '../shared/guard.ts'
import { optionalTextField } from '../shared/input.ts'
import { placesToWithdraw, withdrawPlaces } from '../shared/open-places.ts'
import { userInfoOf } from '../shared/user.ts'
import { changeLoggedIn } from '../shared/users.ts'
import { isVisibleText } from '../shared/visible-text.ts'
import { changePicture } from './change-picture.ts'
import { checkAvatar } from './check-avatar.ts'
import { checkNickname } from './check-nickname.ts'

const MAXIMUM_NICKNAME_CHARACTERS = 20

/** The empty text takes the nickname away; one of spaces alone is no wish to do so. */
const nicknameField = v.union([
  v.literal(''),
  v.pipe(
    v.string(),
    v.trim(),
    v.check(isVisibleText),
    v.check((text) => [...text].length <= MAXIMUM_NICKNAME_CHARACTERS),
  ),
])

export const updateInput = v.object({
  action: v.literal('update'),
  nickname: v.optional(nicknameField),
  avatar: v.optional(optionalTextField(512)),
})

export const avatarUploadInput = v.object({
  action: v.literal('avatarUpload'),
  type: v.picklist(['jpg', 'png', 'webp']),
})

export function findPlacesToWithdraw(_input: unknown, call: Call): Promise<string[]> {
  return placesToWithdraw(call)
}

/** A place to upload to; the person's oldest ones that are still open are withdrawn for it. */
export async function avatarUpload(
  { type }: v.InferOutput<typeof avatarUploadInput>,
  call: Call,
  { user }: LoggedIn,
  tooMany: readonly string[],
): Promise<AvatarUploadData> {
  const [cloudPath] = await allDone([reserveAvatar(call, user, type), withdrawPlaces(call, tooMany)])
  return { cloudPath, maximumBytes: MAXIMUM_AVATAR_BYTES }
}

/**
 * Changes nickname, picture or both, or neither if one of them is refused.
 * @throws AppError BAD_REQUEST, AVATAR_INVALID, CONTENT_RISKY, CONTENT_DOUBTFUL, CONTENT_UNCHECKED
 */
export async function updateProfile(
  { nickname, avatar }: v.InferOutput<typeof updateInput>,
  call: Call,
  login: LoggedIn,
): Promise<UpdateAccountData> {
  if (nickname === undefined && avatar === undefined) throw new AppError('BAD_REQUEST', { field: 'nickname' })
  const [checked] = await allDone([
    avatar ? checkAvatar(call, avatar, login.user.avatar) : undefined,
    nickname ? checkNickname(call, nickname) : undefined,
  ])
  const rest = nickname === undefined ? {} : { nickname }
  // Taken away, or changed; the user has a picture already that was asked for again.
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
