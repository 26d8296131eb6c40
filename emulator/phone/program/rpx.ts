/**
 * Translates lengths of WXSS and of inline styles for the browser: 750rpx are the width of the screen, and the safe-area
 * insets are those of the chosen phone model.
 */
export function translateLengths(value: string): string {
  return value
    .replace(LENGTH, (text, number?: string) =>
      number === undefined ? text : `${round(Number(number) / 7.5)}vw`,
    )
    .replace(/env\(\s*(?=safe-area-inset-)/g, 'var(--')
}

/** A length in rpx, or an address: that of a picture in base64 may have the same letters. */
const LENGTH = /url\([^)]*\)|(-?(?:\d+\.?\d*|\.\d+))rpx\b/gi

const round = (value: number) => Math.round(value * 1e5) / 1e5
