/** What WeChat offers as a person's nickname. */
export const WECHAT_NICKNAME = '微信用户'

const SIZE = 132
const COLORS = ['#07c160', '#10aeff', '#e64340', '#8a63d2', '#e07b00', '#0f7b6c']

/** The picture WeChat has of a person: the last letter of their openid, on a colour of their own. */
export function drawAvatar(openid: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE
  canvas.height = SIZE
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

export function pictureOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? new Blob())))
}

/** What WeChat lets no nickname say and no picture show; of a picture, the phone sees the file's name. */
export const isUnsafe = (text: string) => /违规|risky/.test(text)
