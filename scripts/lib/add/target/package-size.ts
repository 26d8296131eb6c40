import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '../../files-below.ts'
import { rootOf } from '../edits/app-json.ts'
import type { Target } from './target.ts'

/** WeChat's limit for a main package, in bytes. */
export const MAIN_PACKAGE_LIMIT = 2 * 1024 * 1024

/** What WeChat packs of a mini-program's folder. */
const PACKED =
  /\.(js|ts|json|wxml|wxss|wxs|less|scss|sass|png|jpe?g|gif|svg|webp|ico|cer|p12|pem|mp3|aac|m4a|mp4|wav|ogg|silk|ttf|woff2?|txt|bin|dat|wasm|br|gz)$/
const NOT_PACKED = /\.d\.ts$/

/**
 * Bytes of the main package as its files stand, before WeChat minifies them.
 * @param leftOut paths from the target's root that are not counted
 */
export function mainPackageBytes(target: Target, leftOut: (path: string) => boolean): number {
  const folder = join(target.root, target.miniprogramRoot)
  const { subPackages = [], subpackages = [] } = target.appJson.value
  const roots = [...subPackages, ...subpackages].map((known) => `${rootOf(known)}/`)
  const skips =
    target.miniprogramRoot === ''
      ? new RegExp(`^(node_modules|\\.git|${functionsFolder(target)})$`)
      : undefined
  return filesBelow(folder, skips)
    .filter((path) => isPacked(path) && !roots.some((root) => path.startsWith(root)))
    .filter((path) => !leftOut(target.miniprogramRoot === '' ? path : `${target.miniprogramRoot}/${path}`))
    .map((path) => join(folder, path))
    .filter((file) => existsSync(file))
    .reduce((sum, file) => sum + statSync(file).size, 0)
}

/** Whether a file goes into a package. */
export function isPacked(path: string): boolean {
  return PACKED.test(path) && !NOT_PACKED.test(path)
}

/** A project whose app.json is at its root has its functions below it. */
function functionsFolder({ functionsRoot }: Target): string {
  return functionsRoot.path.split('/')[0] ?? ''
}
