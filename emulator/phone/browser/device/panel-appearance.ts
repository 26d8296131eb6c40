import { h } from '../base/dom.ts'
import { FONT_STEPS, type FontStep } from './font-size.ts'
import type { Settings, TesterSettings, Theme, WechatLanguage } from './tester-settings.ts'

const THEMES: Readonly<Record<Theme, string>> = { light: '浅色', dark: '深色' }

const LANGUAGES: Readonly<Record<WechatLanguage, string>> = {
  zh_CN: '简体中文',
  zh_TW: '繁體中文（台灣）',
  zh_HK: '繁體中文（香港）',
  en: 'English',
  ja: '日本語',
}

const FONT_NAMES: Readonly<Record<FontStep, string>> = {
  [-1]: '小一档',
  0: '标准',
  1: '大一档',
  2: '大两档',
  3: '大三档',
  4: '大四档',
  5: '大五档（最大）',
}

/** WeChat's own settings of what one sees: its language, dark mode and the size of text. */
export function drawAppearance(settings: Settings): HTMLElement {
  const language = h('select', {
    name: 'language',
    change: () => settings.change({ language: language.value as WechatLanguage }),
  })
  for (const [value, text] of Object.entries(LANGUAGES)) language.append(h('option', { value }, text))
  const theme = h('select', {
    name: 'theme',
    change: () => settings.change({ theme: theme.value as Theme }),
  })
  for (const [value, text] of Object.entries(THEMES)) theme.append(h('option', { value }, text))
  const font = h('select', {
    name: 'font-size',
    change: () => settings.change({ fontStep: Number(font.value) as FontStep }),
  })
  for (const step of FONT_STEPS) font.append(h('option', { value: step }, FONT_NAMES[step]))
  const show = ({ language: spoken, theme: shown, fontStep }: TesterSettings) => {
    language.value = spoken
    theme.value = shown
    font.value = String(fontStep)
  }
  show(settings.current)
  settings.onChange(show)
  return h(
    'fieldset',
    {},
    h('legend', {}, '微信的外观'),
    h('label', {}, '微信的语言', language),
    h('label', {}, '深色模式', theme),
    h('label', {}, '字体大小', font),
  )
}
