import { join } from 'node:path'
import { listFiles } from './list-files.ts'
import type { SourceFiles } from './source-files.ts'

/** Pictures, fonts, sounds, videos, documents and data that a page can refer to. */
const ASSET =
  /\.(svg|png|jpe?g|gif|webp|bmp|ico|avif|ttf|otf|woff2?|eot|mp3|m4a|aac|wav|ogg|flac|silk|mp4|m4v|mov|webm|pdf|docx?|xlsx?|pptx?|txt|csv|bin|glb|gltf|pag|zip)$/i

/** The assets of the mini-program and of the packages it uses, by their path: where each is. */
export function listAssets(files: SourceFiles): Map<string, string> {
  const assets = new Map<string, string>()
  for (const [prefix, folder] of files.npm.usedFolders) {
    for (const file of listFiles(folder)) {
      if (ASSET.test(file)) assets.set(`${prefix}/${file}`, join(folder, file))
    }
  }
  for (const file of files.own) if (ASSET.test(file)) assets.set(file, files.absolute(file))
  return assets
}
