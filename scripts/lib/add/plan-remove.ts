import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AppJsonNeeds, takeFromAppJson } from './edits/app-json.ts'
import { takeStart } from './edits/app-script.ts'
import { applyEdits, exactHashOf, hashOf } from './edits/text-edit.ts'
import { MANIFEST_FILE, type Manifest, type RecordedEdit } from './manifest.ts'
import type { Plan } from './plan.ts'
import { stillUsed } from './still-used.ts'
import type { Target } from './target/target.ts'

/** Plans to take the login out of an app: what is unedited goes, and the app's own files get their text back. */
export function planRemove(target: Target, manifest: Manifest, needs: AppJsonNeeds): Plan {
  const { root } = target
  const plan: Plan = {
    root,
    writes: [],
    removals: [MANIFEST_FILE],
    edits: [],
    kept: [],
    emptied: manifest.folders.toReversed(),
    notes: [],
  }
  for (const [path, recorded] of Object.entries(manifest.files)) {
    const current = readIn(root, path)
    if (current === undefined) continue
    if (hashOf(current) === recorded) plan.removals.push(path)
    else plan.kept.push({ path, reason: 'edited' })
  }
  const notTakenOut: string[] = []
  for (const [path, record] of Object.entries(manifest.edits)) {
    const before = readIn(root, path)
    if (before === undefined) continue
    const undone = undo(before, record)
    const after = undone ?? takeOut(target, path, before, { record, manifest, needs })
    if (after === undefined) {
      notTakenOut.push(path)
      plan.notes.push(
        `${path}：登录的两行已被改动，请自己删除 · the lines of the login were edited: take them out yourself`,
      )
    } else if (after !== before) plan.edits.push({ path, before, after })
  }
  const edited = new Map(plan.edits.map(({ path, after }) => [path, after]))
  // Of these the plan says already that they stay.
  const known = new Set([...plan.kept.map(({ path }) => path), ...notTakenOut])
  for (const { path, line, to } of stillUsed(target, plan.removals, (path) => edited.get(path))) {
    if (known.has(path)) continue
    plan.notes.push(`${path}:${line} 还引用 ${to}，请自己改 · still refers to it: change it yourself`)
  }
  return plan
}

/** @returns undefined if the file was edited since */
function undo(text: string, { undo }: RecordedEdit): string | undefined {
  let result = text
  for (const { hash, offset, length, text: before } of undo.toReversed()) {
    if (exactHashOf(result) !== hash) return undefined
    result = applyEdits(result, [{ offset, length, text: before }])
  }
  return result
}

interface Recorded {
  record: RecordedEdit
  manifest: Manifest
  needs: AppJsonNeeds
}

/** Takes the login out of a file that was edited since. */
function takeOut(
  { appJson }: Target,
  path: string,
  text: string,
  { record, manifest, needs }: Recorded,
): string | undefined {
  if (path === appJson.path) return takeFromAppJson(text, needs, manifest.hadBefore)
  if (record.inserted !== undefined) return takeStart(text, record.inserted)
  // The folder of the functions, which the app may use for others by now.
  return text
}

function readIn(root: string, path: string): string | undefined {
  const file = join(root, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
