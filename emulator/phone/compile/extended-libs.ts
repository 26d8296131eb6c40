import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { type Diagnostics, diagnosticAt } from './diagnostics.ts'
import { lineOf } from './json-source.ts'

/** The npm package that is the same as a library of `useExtendedLib`. */
const PACKAGES: Readonly<Record<string, string>> = { weui: 'weui-miniprogram' }

/**
 * The libraries that WeChat itself gives to a mini-program with `useExtendedLib` in app.json: the folder of each, by the
 * name of its package. A library that is not supported is noted.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html
 */
export function extendedLibs(
  { useExtendedLib }: { useExtendedLib?: unknown },
  text: string,
  diagnostics: Diagnostics,
): Map<string, string> {
  const folders = new Map<string, string>()
  if (typeof useExtendedLib !== 'object' || useExtendedLib === null) return folders
  for (const [name, isUsed] of Object.entries(useExtendedLib)) {
    if (isUsed !== true) continue
    const packageName = PACKAGES[name]
    const folder = packageName === undefined ? undefined : folderOf(packageName)
    if (packageName === undefined || folder === undefined) {
      const line = lineOf(text, 'useExtendedLib', name)
      diagnostics.addNote(
        diagnosticAt('app.json', line, `useExtendedLib 的 ${name}：这台手机没有这个扩展库 · not here`),
      )
      continue
    }
    folders.set(packageName, folder)
  }
  return folders
}

/** Where the emulator has a package installed; undefined if it has not. */
function folderOf(packageName: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`))
  } catch {
    return undefined
  }
}
