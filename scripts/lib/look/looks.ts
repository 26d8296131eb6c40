/** What one person's WeChat makes of a page. */
export interface Look {
  language: 'zh_CN' | 'en'
  theme: 'light' | 'dark'
  /** Steps from WeChat's standard size of text. */
  fontStep: number
  /** Name of the phone model. */
  model: string
}

const LANGUAGES = ['zh_CN', 'en'] as const
const THEMES = ['light', 'dark'] as const
const STANDARD_FONT = 0
const LARGEST_FONT = 5
const FONT_STEPS = [STANDARD_FONT, LARGEST_FONT]
/** 320 and 430 points wide. */
const NARROW = 'iPhone 5s'
const WIDE = 'iPhone 15 Plus'

/** Every combination. */
export const LOOKS: readonly Look[] = LANGUAGES.flatMap((language) =>
  THEMES.flatMap((theme) =>
    FONT_STEPS.flatMap((fontStep) => [NARROW, WIDE].map((model) => ({ language, theme, fontStep, model }))),
  ),
)

/** Two in which most faults show: each value of language, theme, size and width is in one of them. */
export const SAMPLED_LOOKS: readonly Look[] = [
  { language: 'en', theme: 'dark', fontStep: LARGEST_FONT, model: NARROW },
  { language: 'zh_CN', theme: 'light', fontStep: STANDARD_FONT, model: WIDE },
]

/** Such as `en, dark, font +5, iPhone 5s`. */
export function describeLook({ language, theme, fontStep, model }: Look): string {
  return `${language}, ${theme}, font +${fontStep}, ${model}`
}

/** The same for names of files and users, such as `en-dark-font-5-iphone-5s`. */
export function slugOf({ language, theme, fontStep, model }: Look): string {
  return `${language}-${theme}-font-${fontStep}-${model.toLowerCase().replaceAll(' ', '-')}`
}
