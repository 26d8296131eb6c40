import type { AvatarType, UpdateAccountData } from '../../../contract/account'
import { callGuarded } from '../../auth/calls/cloud'
import type { Outcome } from '../../auth/core/outcome'
import { failed } from '../../auth/core/outcome'
import { updateUserInfo } from '../../auth/session/session-state'
import { sameLogin } from '../../auth/storage/login-epoch'
import { uploadFile } from '../utils/cloud-files'
import { readFileBytes, readImageType } from '../utils/local-files'

/** WeChat's names of the image types that the account accepts. */
const AVATAR_TYPES: { readonly [type: string]: AvatarType | undefined } = {
  jpg: 'jpg',
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
}

/**
 * Makes the picture at this temporary path, from `chooseAvatar`, the user's avatar. A picture of a wrong type or size
 * is not uploaded. If a step fails, the old picture stays; `cleanup` removes an uploaded file that is not used.
 */
export async function changeAvatar(path: string): Promise<Outcome<UpdateAccountData>> {
  const isCurrent = sameLogin()
  const type = AVATAR_TYPES[await readImageType(path)]
  if (!isCurrent()) return failed('SIGNED_OUT')
  if (!type) return failed('AVATAR_INVALID')
  const upload = await callGuarded('account', { action: 'avatarUpload', type })
  if (!upload.ok) return upload
  const { cloudPath, maximumBytes } = upload.data
  const bytes = await readFileBytes(path)
  if (bytes !== undefined && bytes > maximumBytes) return failed('AVATAR_INVALID')
  const file = await uploadFile(cloudPath, path)
  if (!file.ok) return file
  // The account on the screen is another one by now, and must not get this picture.
  if (!isCurrent()) return failed('SIGNED_OUT')
  return update({ avatar: file.data })
}

export function removeAvatar(): Promise<Outcome<UpdateAccountData>> {
  return update({ avatar: '' })
}

/** @param nickname as typed; empty removes it */
export function changeNickname(nickname: string): Promise<Outcome<UpdateAccountData>> {
  return update({ nickname })
}

/** How many changes of a field were requested, and the latest that was answered. */
const requested = { nickname: 0, avatar: 0 }
const answered = { nickname: 0, avatar: 0 }

async function update(
  change: { avatar: string } | { nickname: string },
): Promise<Outcome<UpdateAccountData>> {
  const field = 'avatar' in change ? 'avatar' : 'nickname'
  requested[field] += 1
  const number = requested[field]
  const isCurrent = sameLogin()
  const outcome = await callGuarded('account', { action: 'update', ...change })
  if (!outcome.ok || !isCurrent()) return outcome
  // Two answers may arrive in another order than their requests.
  if (number > answered[field]) {
    answered[field] = number
    updateUserInfo(outcome.data.userInfo, field)
  }
  return outcome
}
