import { currentLanguage } from '../core/language'

/**
 * Shows a page's title in English, where the phone has it; the page's JSON has the Chinese one. For `onReady`: WeChat
 * asks for changes of the bar from then on.
 */
export function showTitle(title: string): void {
  if (currentLanguage() !== 'zh') wx.setNavigationBarTitle({ title })
}
