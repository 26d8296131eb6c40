import { isUnsafe } from '../device/wechat-profile.ts'
import { showAvatarSheet } from '../device/wechat-sheets.ts'
import { ApiFailure } from './api-failure.ts'
import type { Services } from './services.ts'

/** The user refused. Any other failure is an error of the mini-program. */
const USER_REFUSED = 104

/**
 * Handles a tap on a button of open type `chooseAvatar`.
 * @returns the temporary path of the picture; undefined if WeChat fires no event
 */
export async function chooseAvatar({ device, privacy }: Services): Promise<string | undefined> {
  // Base library 2.21.2 introduced this open type.
  if (device.settings.current.oldLibrary) return undefined
  try {
    await privacy.requireConsent('chooseAvatar')
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    if (error.fields['errno'] !== USER_REFUSED) device.errors.add(`chooseAvatar:fail ${error.message}`)
    return undefined
  }
  const picture = await showAvatarSheet(device.overlay, await device.accounts.drawAvatar())
  if (!picture) return undefined
  if ((await isPicture(picture)) && !isUnsafe((picture as Partial<File>).name ?? '')) {
    return device.files.keep(picture)
  }
  device.toast.show('toast', {
    title: '无法使用该头像',
    icon: 'none',
    mask: false,
    durationMilliseconds: 2000,
  })
  return undefined
}

async function isPicture(picture: Blob): Promise<boolean> {
  const image = new Image()
  image.src = URL.createObjectURL(picture)
  try {
    await image.decode()
    return true
  } catch {
    return false
  } finally {
    URL.revokeObjectURL(image.src)
  }
}
