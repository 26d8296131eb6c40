import type { Language } from '../../../contract/language'

let chosen: Language = 'zh'

/** Tables that were made before the language was known, which is when the app is configured. */
const early: { shown: object; english: object }[] = []
let isChosen = false

/** What the login and the app speak, until WeChat starts the app again. */
export function currentLanguage(): Language {
  return chosen
}

/** Call once, at the top of app.ts. @param hasEnglish false: the app has Chinese words alone */
export function chooseLanguage(hasEnglish: boolean): void {
  chosen = hasEnglish && !isChinese(phoneLanguage()) ? 'en' : 'zh'
  isChosen = true
  if (chosen === 'en') for (const { shown, english } of early) Object.assign(shown, english)
}

/**
 * A table of words in the language of the phone. An English table that lacks a word of the Chinese one, or has another,
 * does not compile.
 */
export function inLanguage<Chinese extends object, English extends Chinese>(
  chinese: Chinese,
  english: English & SameWords<English, Chinese>,
): Chinese {
  const shown = { ...(chosen === 'en' ? english : chinese) }
  if (!isChosen) early.push({ shown, english })
  return shown
}

/** The English table, and `never` at each word that the Chinese one lacks. */
type SameWords<English, Chinese> = {
  [Word in keyof English]: Word extends keyof Chinese ? SameEntry<English[Word], Chinese[Word]> : never
}

type SameEntry<English, Chinese> = English extends
  | readonly unknown[]
  | string
  | undefined
  | ((...parameters: never[]) => unknown)
  ? English
  : SameWords<English, Chinese>

/** WeChat's `zh_CN`, `zh_TW`, `zh_HK`, and a phone that says nothing. */
function isChinese(language: string): boolean {
  return language === '' || language.toLowerCase().indexOf('zh') === 0
}

/** As WeChat is set; empty on a host that does not say it. */
function phoneLanguage(): string {
  try {
    const { language } = wx.getAppBaseInfo ? wx.getAppBaseInfo() : wx.getSystemInfoSync()
    return typeof language === 'string' ? language : ''
  } catch {
    return ''
  }
}
