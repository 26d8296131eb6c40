import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { buildGuard } from '../guard/build-guard.ts'
import { guardHeadOf } from '../guard/guard-head.ts'
import { projectPath } from '../project.ts'
import { type Finding, ok, warning } from './finding.ts'

const ABOUT = 'auth-guard.js'

/** Compares the copies of the guard in `cloudfunctions/` with the one that is built now; nothing if there are none. */
export async function checkGuards(): Promise<Finding[]> {
  const source = projectPath('cloudfunctions')
  const copies = readdirSync(source)
    .map((name) => `cloudfunctions/${name}`)
    .filter((folder) => existsSync(projectPath(`${folder}/${ABOUT}`)))
  if (copies.length === 0) return []
  const current = guardHeadOf((await buildGuard(source)).get(ABOUT) ?? '')
  const old = copies.filter(
    (folder) => guardHeadOf(readFileSync(projectPath(`${folder}/${ABOUT}`), 'utf8')) !== current,
  )
  if (old.length === 0) return [ok(ABOUT, `${copies.length} 份，都是最新的 · copies, all current`)]
  const todo = `npm run build -- ${old.map((folder) => `--guard ${folder}`).join(' ')}`
  return [warning(ABOUT, `${old.join('、')} 里的不是最新的 · hold an older one`, todo)]
}
