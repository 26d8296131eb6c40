/** 最多 4 个字符, in any language: https://developers.weixin.qq.com/miniprogram/dev/api/ui/interaction/wx.showModal.html */
const MOST_CHARACTERS = 4

/**
 * Why WeChat shows no such dialog: developers report that nothing appears
 * (https://developers.weixin.qq.com/community/develop/doc/7811f80d67d3166fc41fe6b367d56bde). Nobody has verified the
 * words of the error.
 */
export function buttonFault(buttons: { confirmText?: string; cancelText?: string }): string | undefined {
  for (const name of ['confirmText', 'cancelText'] as const) {
    if ((buttons[name]?.length ?? 0) > MOST_CHARACTERS)
      return `${name} length should not larger than 4 Chinese characters`
  }
  return undefined
}
