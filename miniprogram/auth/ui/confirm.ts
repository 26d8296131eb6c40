import { COMMON_TEXTS } from './texts'

interface Question {
  title: string
  content?: string
  confirmText: string
  cancelText?: string
  /** For an action that cannot be undone. */
  isDangerous?: boolean
}

/** As --danger of the palette, which WeChat's dialogs do not know. */
const DANGER = '#b3261e'

/** Asks before an action. @returns whether the user confirmed; a dialog that cannot be shown counts as no */
export function confirm({
  title,
  content = '',
  confirmText,
  cancelText = COMMON_TEXTS.cancel,
  isDangerous = false,
}: Question): Promise<boolean> {
  return new Promise((resolve) => {
    wx.showModal({
      title,
      content,
      confirmText,
      cancelText,
      ...(isDangerous ? { confirmColor: DANGER } : {}),
      success: (answer) => resolve(answer.confirm),
      fail: () => resolve(false),
    })
  })
}
