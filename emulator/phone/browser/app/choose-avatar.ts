import { drawAvatar, isUnsafe } from '../device/wechat-profile.ts'
import { askAvatar } from '../device/wechat-sheets.ts'
import { ApiFailure } from './api-failure.ts'
import type { Services } from './host.ts'

/** The person refused; what else forbids it is the developer's to repair. */
const USER_REFUSED = 104

/**
 * A tap on a button of open type `chooseAvatar`, to the end.
 * @returns the picture's temporary path, or undefined where WeChat would fire no event
 */
export async function chooseAvatar({ device, privacy }: Services): Promise<string | undefined> {
  // Base library 2.21.2 is the first to know this open type.
  if (device.settings.current.oldLibrary) return undefined
  try {
    await privacy.require('chooseAvatar')
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    if (error.fields['errno'] !== USER_REFUSED) device.errors.add(`chooseAvatar:fail ${error.message}`)
    return undefined
  }
  const picture = await askAvatar(device.overlay, drawAvatar(device.identity.openid))
  if (!picture) return undefined
  if ((await canBeShown(picture)) && !isUnsafe((picture as Partial<File>).name ?? '')) {
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

async function canBeShown(picture: Blob): Promise<boolean> {
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
