import { isDeepStrictEqual } from 'node:util'
import { type AppJsonNeeds, addToAppJson, takeFromAppJson } from './edits/app-json.ts'
import { addStart, startLines } from './edits/app-script.ts'
import { insertJson } from './edits/json-edit.ts'
import { exactHashOf, inverseEdit } from './edits/text-edit.ts'
import { CONFIG_MODULE } from './files/app-config-file.ts'
import type { Manifest } from './manifest.ts'
import type { AddOptions } from './options.ts'
import type { EditRecords, FileEdit } from './plan.ts'
import type { Target } from './target/target.ts'

/**
 * Changes of the app's own files.
 * @param manifest of the last run
 * @param records receives each change, so that it can be taken back
 */
export function planEdits(
  { appJson, appScript, projectConfig, functionsRoot, language }: Target,
  needs: AppJsonNeeds,
  manifest: Manifest | undefined,
  records: EditRecords,
): FileEdit[] {
  const edits: FileEdit[] = []
  const edit = (path: string, before: string, after: string) => {
    if (before === after) return
    edits.push({ path, before, after })
    records[path] ??= { undo: [] }
    records[path].undo.push({ hash: exactHashOf(after), ...inverseEdit(before, after) })
  }
  edit(appJson.path, appJson.text, addToAppJson(withoutOthers(appJson.text, needs, manifest), needs))
  if (!/\binstallLogin\b/.test(appScript.text)) {
    const added = addStart(appScript.text, startLines(appScript.text, language, CONFIG_MODULE))
    edit(appScript.path, appScript.text, added.text)
    const record = records[appScript.path]
    if (record) record.inserted = added.inserted
  }
  if (!functionsRoot.isSet) {
    const after = insertJson(projectConfig.text, [], 'cloudfunctionRoot', `${functionsRoot.path}/`)
    edit(projectConfig.path, projectConfig.text, after)
  }
  return edits
}

/** app.json without the entries of the last run, if that had another folder, home page or tab. */
function withoutOthers(text: string, needs: AppJsonNeeds, manifest: Manifest | undefined): string {
  if (!manifest) return text
  const before = needsOf(needs.accountPages, manifest.options)
  return isDeepStrictEqual(before, needs) ? text : takeFromAppJson(text, before, manifest.hadBefore)
}

/** @param accountPages of the subpackage, from its root */
export function needsOf(accountPages: readonly string[], options: AddOptions): AppJsonNeeds {
  const { accountRoot, accountTab, home } = options
  return { accountRoot, accountPages, homePage: home, accountTab }
}
