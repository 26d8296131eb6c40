import { webAddress } from '../../program/web-address.ts'
import { sameOriginAddress } from '../device/cloud-files.ts'
import type { TemporaryFiles } from '../device/files.ts'
import { resolveFrom } from './navigation.ts'

/**
 * The address of a picture for the browser. In WXML, a picture is a file of the mini-program, a temporary file or a URL.
 * The web is reached by way of the cloud's server.
 * @param from path of the page or component that refers to it
 */
export function assetUrl(source: string, from: string, files: TemporaryFiles): string {
  const temporary = files.urlOf(source)
  if (temporary !== undefined) return temporary
  if (/^(https?:)?\/\//.test(source)) {
    const url = source.startsWith('//') ? `https:${source}` : source
    const address = sameOriginAddress(url)
    return address === url ? webAddress(url) : address
  }
  if (/^(data:|blob:)/.test(source)) return source
  const path = resolveFrom(source, from)
  return `/phone/assets/${path.split('/').map(encodeURIComponent).join('/')}`
}
