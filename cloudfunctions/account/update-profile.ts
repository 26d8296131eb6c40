import * as v from 'valibot'
import type { AvatarUploadData, UpdateAccountData } from '../../contract/account.ts'
import { allDone } from '../shared/all-done.ts'
import { AppError } from '../shared/app-error.ts'
import {
  MAXIMUM_AVATAR_BYTES,
  removeAvatars,
  reserveAvatar,
  settleAvatar,
  unsettleAvatar,
} from '../shared/avatars.ts'
import type { Call } from '../shared/call.ts'
import { type LoggedIn, requireLogin } from '../shared/guard.ts'
import { optionalTextField } from '../shared/input.ts'
import { log } from '../shared/log.ts'
import { placesToWithdraw, withdrawPlaces } from '../shared/open-places.ts'
import { type User, userInfoOf } from '../shared/user.ts'
import { changeLoggedIn } from '../shared/users.ts'
import { checkAvatar } from './check-avatar.ts'
import { checkNickname } from './check-nickname.ts'

const MAXIMUM_NICKNAME_CHARACTERS = 20

const nicknameField = v.pipe(
  v.string(),
  v.trim(),
  // What a nickname looks like is what it is: no line breaks, no invisible characters, no change of direction.
  v.check((text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text.replaceAll('\u200d', ''))),
  v.check((text) => [...text].length <= MAXIMUM_NICKNAME_CHARACTERS),
)

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
  _login: LoggedIn,
  tooMany: readonly string[],
): Promise<AvatarUploadData> {
  const [cloudPath] = await allDone([reserveAvatar(call, type), withdrawPlaces(call, tooMany)])
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
  const [path] = await allDone([
    avatar ? checkAvatar(call, avatar) : undefined,
    nickname ? checkNickname(call, nickname) : undefined,
    // Before it is replaced: should this break off right after, the old file is found.
    avatar !== undefined && login.user.avatar !== '' ? unsettleAvatar(call, login.user.avatar) : undefined,
  ])
  const change = {
    ...(nickname === undefined ? {} : { nickname }),
    ...(avatar === undefined ? {} : { avatar }),
  }
  if (!(await changeLoggedIn(call, login.claims.sessionId, change))) {
    await requireLogin(call)
    throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while the profile was' })
  }
  if (avatar !== undefined) await settleFiles(call, login.user, avatar, path)
  return { userInfo: userInfoOf({ ...login.user, ...change }) }
}

/** What fails here is made good by `cleanup`: the user has the new picture already. */
async function settleFiles(
  call: Call,
  before: User,
  fileId: string,
  path: string | undefined,
): Promise<void> {
  try {
    await Promise.all([
      path === undefined ? undefined : settleAvatar(call, path, fileId),
      before.avatar === '' || before.avatar === fileId ? undefined : removeAvatars(call, [before.avatar]),
    ])
  } catch (error) {
    const { functionName, requestId } = call
    const reason = error instanceof AppError ? error.reason : 'INTERNAL'
    log('warn', { function: functionName, requestId, reason, detail: 'an old avatar is left to cleanup' })
  }
}
