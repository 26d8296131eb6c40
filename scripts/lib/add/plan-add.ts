import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { hadBefore } from './edits/app-json.ts'
import { hashOf } from './edits/text-edit.ts'
import { broughtFiles } from './files/brought-files.ts'
import { MANIFEST_FILE, type Manifest } from './manifest.ts'
import type { AddOptions } from './options.ts'
import type { Files, Payload } from './payload/payload.ts'
import type { EditRecords, Plan } from './plan.ts'
import { needsOf, planEdits } from './plan-edits.ts'
import { refuseTakenNames } from './taken-names.ts'
import { refuseLargePackage } from './target/package-limit.ts'
import type { Target } from './target/target.ts'

/**
 * Plans to add the login to an app, or to update it there. Reads files, writes none.
 * @param manifest of the last run; undefined for the first
 * @throws Refusal
 */
export function planAdd(
  target: Target,
  payload: Payload,
  options: AddOptions,
  manifest: Manifest | undefined,
): Plan {
  const files = broughtFiles(target, payload, options, manifest)
  refuseTakenNames(target, options, Object.keys(files), manifest)
  const plan: Plan = {
    root: target.root,
    writes: [],
    removals: [],
    edits: [],
    kept: [],
    emptied: manifest?.folders ?? [],
    notes: [],
  }
  const hashes = planFiles(plan, files, manifest, (path) => isBuiltHere(path, target, options))
  refuseLargePackage(target, files, options.accountRoot)
  const records: EditRecords = structuredClone(manifest?.edits ?? {})
  plan.edits.push(...planEdits(target, needsOf(payload.accountPages, options), manifest, records))
  const next: Manifest = {
    version: payload.version,
    options,
    files: hashes,
    folders: foldersOf(plan, manifest),
    edits: records,
    hadBefore: manifest?.hadBefore ?? hadBefore(target.appJson.text),
  }
  const text = `${JSON.stringify(next, null, 2)}\n`
  const before = readIn(target.root, MANIFEST_FILE)
  if (before !== text) plan.writes.push({ path: MANIFEST_FILE, text, isNew: before === undefined })
  return plan
}

/** The code of a function that the app builds itself. */
function isBuiltHere(path: string, { functionsRoot }: Target, { functions }: AddOptions): boolean {
  return functions === 'sources' && path.startsWith(`${functionsRoot.path}/`) && path.endsWith('/index.js')
}

/** @returns the hashes to record */
function planFiles(
  plan: Plan,
  files: Files,
  manifest: Manifest | undefined,
  isBuilt: (path: string) => boolean,
): Record<string, string> {
  const hashes: Record<string, string> = {}
  for (const [path, text] of Object.entries(files)) {
    const recorded = manifest?.files[path]
    const current = readIn(plan.root, path)
    hashes[path] = hashOf(text)
    if (current === undefined && recorded === undefined) {
      plan.writes.push({ path, text, isNew: true })
    } else if (current === undefined) {
      plan.kept.push({ path, reason: 'deleted' })
      hashes[path] = recorded ?? ''
    } else if (hashOf(current) === hashOf(text)) {
      // As it should be.
    } else if (recorded === hashOf(current)) {
      plan.writes.push({ path, text, isNew: false })
    } else if (isBuilt(path)) {
      plan.kept.push({ path, reason: 'built' })
      hashes[path] = recorded ?? ''
    } else {
      const isNewer = recorded !== hashOf(text)
      plan.kept.push({ path, reason: 'edited', ...(isNewer ? { diff: diffOf(path, current, text) } : {}) })
      hashes[path] = recorded ?? ''
    }
  }
  for (const [path, recorded] of Object.entries(manifest?.files ?? {})) {
    if (path in files) continue
    const current = readIn(plan.root, path)
    if (current === undefined) continue
    if (hashOf(current) === recorded) plan.removals.push(path)
    else plan.kept.push({ path, reason: 'obsolete' })
  }
  return hashes
}

/** Folders that this run and earlier ones made, the outer before the inner. */
function foldersOf({ root, writes }: Plan, manifest: Manifest | undefined): string[] {
  const known = new Set(manifest?.folders ?? [])
  for (const { path, isNew } of writes) {
    if (!isNew) continue
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      if (!existsSync(join(root, folder))) known.add(folder)
    }
  }
  return [...known].sort()
}

function diffOf(path: string, current: string, text: string): string {
  const lines = createTwoFilesPatch(path, path, current.replaceAll('\r\n', '\n'), text, '', '', {
    context: 2,
  })
  return lines.slice(lines.indexOf('---'))
}

function readIn(root: string, path: string): string | undefined {
  const file = join(root, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
