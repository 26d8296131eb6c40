export { ensureChineseFonts, findChromium } from '../../scripts/chromium.ts'
