import { drawPicture } from '../../../phone/browser/device/wechat-profile.ts'

/** A picture file as an avatar: the middle of it, small. @throws Error if it is no picture */
export async function avatarOf(file: File): Promise<string> {
  const url = URL.createObjectURL(file)
  try {
    const canvas = await drawPicture(url)
    if (!canvas) throw new Error('这个文件不是图片 · not a picture')
    return canvas.toDataURL('image/jpeg', 0.9)
  } finally {
    URL.revokeObjectURL(url)
  }
}
