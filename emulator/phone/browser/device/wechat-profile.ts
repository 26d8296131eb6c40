/** The nickname of WeChat users who were given no other in the console. */
export const WECHAT_NICKNAME = '微信用户'

const SIZE = 132
const COLORS = ['#07c160', '#10aeff', '#e64340', '#8a63d2', '#e07b00', '#0f7b6c']

/** Draws the avatar of a WeChat user without a picture: the last letter of the openid on a colour. */
export function drawAvatar(openid: string): HTMLCanvasElement {
  const canvas = emptyCanvas()
  const context = canvas.getContext('2d')
  if (!context) return canvas
  const sum = [...openid].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0)
  context.fillStyle = COLORS[sum % COLORS.length] ?? ''
  context.fillRect(0, 0, SIZE, SIZE)
  context.fillStyle = '#ffffff'
  context.font = '72px sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(openid.slice(-1).toUpperCase(), SIZE / 2, SIZE / 2 + 4)
  return canvas
}

/** Draws a picture as an avatar, the middle of it. @returns undefined if it is no picture */
export async function drawPicture(url: string): Promise<HTMLCanvasElement | undefined> {
  const image = new Image()
  image.src = url
  try {
    await image.decode()
  } catch {
    return undefined
  }
  const side = Math.min(image.naturalWidth, image.naturalHeight)
  const canvas = emptyCanvas()
  const [left, top] = [(image.naturalWidth - side) / 2, (image.naturalHeight - side) / 2]
  canvas.getContext('2d')?.drawImage(image, left, top, side, side, 0, 0, SIZE, SIZE)
  return canvas
}

function emptyCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE
  canvas.height = SIZE
  return canvas
}

export function pictureOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? new Blob())))
}

/** Whether WeChat's content check rejects a nickname, or a picture by its file name. */
export const isUnsafe = (text: string) => /违规|risky/.test(text)
