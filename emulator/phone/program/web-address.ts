import { translateLengths } from './rpx.ts'

/** Where the page gets a picture, a font or a sound of the web from: the cloud's server, which lets allowed hosts pass. */
export const webAddress = (url: string) => `/web?url=${encodeURIComponent(url)}`

/** A value of WXSS or of an inline style for the browser: its lengths, and addresses of the web. */
export function translateStyle(value: string): string {
  return translateLengths(value).replace(
    /url\(\s*(?:"((?:https?:)?\/\/[^"]*)"|'((?:https?:)?\/\/[^']*)'|((?:https?:)?\/\/[^)\s]*))\s*\)/gi,
    (_, double?: string, single?: string, bare?: string) => {
      const url = double ?? single ?? bare ?? ''
      return `url("${webAddress(url.startsWith('//') ? `https:${url}` : url)}")`
    },
  )
}
