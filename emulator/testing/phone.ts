/** For tests that use a phone in a browser. */
export { PhoneBrowser } from './phone/phone-browser.ts'
export { PhonePage } from './phone/phone-page.ts'
