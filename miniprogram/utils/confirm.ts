import { TEXTS } from './texts'

interface Question {
  title: string
  content?: string
  confirmText: string
  /** For what cannot be undone. */
  isDangerous?: boolean
}

/** As --danger of the palette, which a dialog of WeChat's does not know. */
const DANGER = '#b3261e'

/** Asks before something is done. @returns whether the user said yes; a dialog that cannot be shown is a no */
export function confirm({
  title,
  content = '',
  confirmText,
  isDangerous = false,
}: Question): Promise<boolean> {
  return new Promise((resolve) => {
    wx.showModal({
      title,
      content,
      confirmText,
      cancelText: TEXTS.app.cancel,
      ...(isDangerous ? { confirmColor: DANGER } : {}),
      success: (answer) => resolve(answer.confirm),
      fail: () => resolve(false),
    })
  })
}
