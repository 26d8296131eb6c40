import { ownAddress } from '../device/cloud-files.ts'
import type { TemporaryFiles } from '../device/files.ts'
import { resolveFrom } from './navigation.ts'

/**
 * Where the browser finds a picture that WXML names: a file of the mini-program, a temporary file, or an address.
 * @param from path of the page or component that names it
 */
export function assetUrl(source: string, from: string, files: TemporaryFiles): string {
  const temporary = files.urlOf(source)
  if (temporary !== undefined) return temporary
  if (/^https?:/.test(source)) return ownAddress(source)
  if (/^(data:image\/|blob:)/.test(source)) return source
  const path = resolveFrom(source, from)
  return `/phone/assets/${path.split('/').map(encodeURIComponent).join('/')}`
}
