import { COMMON_TEXTS } from './texts'

interface Question {
  title: string
  content?: string
  confirmText: string
  cancelText?: string
  /** For an action that cannot be undone. */
  isDangerous?: boolean
}

/**
 * As --danger of the two palettes, which WeChat's dialogs do not know. The second is not in WeChat's documents: its Android
 * client reads it in dark mode, instead of the first.
 */
const DANGER = { confirmColor: '#b3261e', confirmColorDark: '#ff9a90' }

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
      ...(isDangerous ? DANGER : {}),
      success: (answer) => resolve(answer.confirm),
      fail: () => resolve(false),
    })
  })
}
