/** @returns whether it was copied: WeChat refuses until 剪切板 is declared in the privacy guide */
export function copyText(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    wx.setClipboardData({ data: text, success: () => resolve(true), fail: () => resolve(false) })
  })
}
