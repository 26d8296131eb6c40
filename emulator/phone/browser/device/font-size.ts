import type { Model } from './models.ts'

/** The smaller, the standard and the five larger sizes of WeChat on iOS. */
export const FONT_STEPS = [-1, 0, 1, 2, 3, 4, 5] as const

export type FontStep = (typeof FONT_STEPS)[number]

/**
 * CSS pixels by the width from which they apply. Source: https://developers.weixin.qq.com/miniprogram/design/elderly.html
 */
const SIZES: readonly [fromWidth: number, sizes: readonly number[]][] = [
  [400, [16, 17, 18.5, 20, 22, 23.8, 25.5]],
  [350, [16, 17, 18, 19.5, 21, 22, 23.8]],
  [0, [16, 17, 18, 19, 20.5, 22, 23.8]],
]
const TITLE_SIZES = [16, 17, 18.5, 20, 20, 20, 20]
const STANDARD = { ios: 17, android: 16 }

/** Name of the CSS variable on the screen that holds the size. */
export const SYSTEM_FONT_SIZE = '--wx-system-font-size'

export interface FontSize {
  /** `fontSizeSetting`, CSS pixels. */
  setting: number
  /** `fontSizeScaleFactor` */
  scaleFactor: number
  /** Of the navigation bar, CSS pixels. */
  title: number
}

/** What WeChat's font size comes to on a phone. Android's own factors are not known: it takes those of iOS. */
export function fontSizeOf({ platform, width }: Model, step: FontStep): FontSize {
  const index = FONT_STEPS.indexOf(step)
  const sizes = SIZES.find(([fromWidth]) => width >= fromWidth)?.[1] ?? []
  const onIos = sizes[index] ?? STANDARD.ios
  const scaleFactor = onIos / STANDARD.ios
  return {
    setting: platform === 'ios' ? onIos : Math.round(STANDARD.android * scaleFactor),
    scaleFactor,
    title: TITLE_SIZES[index] ?? STANDARD.ios,
  }
}
