import type { AvatarType, UpdateAccountData } from '../../contract/account'
import { callGuarded } from '../utils/cloud'
import { uploadFile } from '../utils/cloud-files'
import type { Outcome } from '../utils/failure'
import { failed } from '../utils/failure'
import { readFileBytes, readImageType } from '../utils/local-files'
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
  const type = AVATAR_TYPES[await readImageType(path)]
  if (!type) return failed('AVATAR_INVALID')
  const place = await callGuarded('account', { action: 'avatarUpload', type })
  if (!place.ok) return place
  const { cloudPath, maximumBytes } = place.data
  const bytes = await readFileBytes(path)
  if (bytes !== undefined && bytes > maximumBytes) return failed('AVATAR_INVALID')
  const file = await uploadFile(cloudPath, path)
  if (!file.ok) return file
  return update({ avatar: file.data })
}

export function removeAvatar(): Promise<Outcome<UpdateAccountData>> {
  return update({ avatar: '' })
}

/** @param nickname as typed; empty takes it away */
export function changeNickname(nickname: string): Promise<Outcome<UpdateAccountData>> {
  return update({ nickname })
}

async function update(
  change: { avatar: string } | { nickname: string },
): Promise<Outcome<UpdateAccountData>> {
  const outcome = await callGuarded('account', { action: 'update', ...change })
  if (outcome.ok) keepUserInfo(outcome.data.userInfo)
  return outcome
}
