import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exactHashOf, hashOf } from './edits/text-edit.ts'
import { MANIFEST_FILE, type Manifest } from './manifest.ts'
import { Refusal } from './refusal.ts'
import { uncommittedFiles } from './target/git-state.ts'

/** The package that the command runs from. */
const PACKAGE = /^wechat-phone-login-[\w.-]+\.tgz$/

/**
 * What this command wrote itself, and nobody has edited since, needs no commit before the next run.
 * @param isAllowed `--dirty`
 * @throws Refusal if git could not undo what is written
 */
export function refuseUncommitted(root: string, manifest: Manifest | undefined, isAllowed: boolean): void {
  const files = uncommittedFiles(root)
  if (files === undefined) {
    console.error('提示 note: 这里没有 git，撤销只能用 --remove · no git here: only --remove can undo this')
    return
  }
  const others = files.filter((path) => !isOurs(root, path, manifest))
  if (others.length === 0 || isAllowed) return
  throw new Refusal(
    `有 ${others.length} 个未提交的文件（${others[0]} …），请先提交，或加 --dirty · uncommitted changes: commit them, or add --dirty`,
  )
}

function isOurs(root: string, path: string, manifest: Manifest | undefined): boolean {
  if (PACKAGE.test(path)) return true
  if (!manifest) return false
  if (path === MANIFEST_FILE) return true
  const file = join(root, path)
  if (!existsSync(file)) return false
  const text = readFileSync(file, 'utf8')
  return (
    manifest.files[path] === hashOf(text) || manifest.edits[path]?.undo.at(-1)?.hash === exactHashOf(text)
  )
}
