/**
 * Values of WXSS and of inline styles as a browser understands them: 750rpx are the width of the screen, and the
 * insets of the safe area are those of the chosen device.
 */
export function translateUnits(value: string): string {
  return value
    .replace(/(-?(?:\d+\.?\d*|\.\d+))rpx\b/g, (_, number: string) => `${round(Number(number) / 7.5)}vw`)
    .replace(/env\(\s*(?=safe-area-inset-)/g, 'var(--')
}

const round = (value: number) => Math.round(value * 1e5) / 1e5
