import type { AvatarType, UpdateAccountData } from '../../contract/account'
import { callGuarded } from '../utils/cloud'
import { uploadFile } from '../utils/cloud-files'
import type { Outcome } from '../utils/failure'
import { failed } from '../utils/failure'
import { readFileBytes, readImageType } from '../utils/local-files'
import { sameLogin } from '../utils/login-epoch'
import { keepUserInfo } from './session-state'

/** What WeChat calls the pictures that the account takes. */
const AVATAR_TYPES: { readonly [type: string]: AvatarType | undefined } = {
  jpg: 'jpg',
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
}

/**
 * Makes the picture at this temporary path, from `chooseAvatar`, the user's avatar. A picture of a wrong type or size
 * is not sent over the network. What breaks off leaves the old picture; a file that was uploaded for nothing is
 * removed by `cleanup`.
 */
export async function changeAvatar(path: string): Promise<Outcome<UpdateAccountData>> {
  const isCurrent = sameLogin()
  const type = AVATAR_TYPES[await readImageType(path)]
  if (!isCurrent()) return failed('SIGNED_OUT')
  if (!type) return failed('AVATAR_INVALID')
  const place = await callGuarded('account', { action: 'avatarUpload', type })
  if (!place.ok) return place
  const { cloudPath, maximumBytes } = place.data
  const bytes = await readFileBytes(path)
  if (bytes !== undefined && bytes > maximumBytes) return failed('AVATAR_INVALID')
  const file = await uploadFile(cloudPath, path)
  if (!file.ok) return file
  // Of an account that is no longer the one on the screen: the next one does not get this picture.
  if (!isCurrent()) return failed('SIGNED_OUT')
  return update({ avatar: file.data })
}

export function removeAvatar(): Promise<Outcome<UpdateAccountData>> {
  return update({ avatar: '' })
}

/** @param nickname as typed; empty takes it away */
export function changeNickname(nickname: string): Promise<Outcome<UpdateAccountData>> {
  return update({ nickname })
}

/** How many changes of a field were asked for, and which of them was answered last. */
const asked = { nickname: 0, avatar: 0 }
const answered = { nickname: 0, avatar: 0 }

async function update(
  change: { avatar: string } | { nickname: string },
): Promise<Outcome<UpdateAccountData>> {
  const field = 'avatar' in change ? 'avatar' : 'nickname'
  asked[field] += 1
  const number = asked[field]
  const isCurrent = sameLogin()
  const outcome = await callGuarded('account', { action: 'update', ...change })
  if (!outcome.ok || !isCurrent()) return outcome
  // Two answers may come in another order than they were asked for.
  if (number > answered[field]) {
    answered[field] = number
    keepUserInfo(outcome.data.userInfo, field)
  }
  return outcome
}
