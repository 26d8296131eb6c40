import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { KitError } from '../kit-error.ts'

/** Files of the mini-program by path, such as `app.json`: each its text in this test, or a change of its text. */
export type FileChanges = Readonly<Record<string, string | ((text: string) => string)>>

/**
 * Copies a mini-program, with changes, into a temporary folder, which the caller removes.
 * @throws KitError for a change of a file that is not there, or that changes nothing
 */
export function copyWithChanges(directory: string, changes: FileChanges): string {
  const copy = mkdtempSync(join(tmpdir(), 'mini-program-'))
  cpSync(directory, copy, { recursive: true })
  try {
    for (const [path, change] of Object.entries(changes)) {
      const file = join(copy, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, typeof change === 'string' ? change : changed(file, change))
    }
    return copy
  } catch (error) {
    rmSync(copy, { recursive: true, force: true })
    throw error
  }
}

function changed(file: string, change: (text: string) => string): string {
  if (!existsSync(file)) throw new KitError(`没有文件 · there is no such file: ${file}`)
  const text = readFileSync(file, 'utf8')
  const result = change(text)
  if (result === text) throw new KitError(`没有改动 · the change changes nothing: ${file}`)
  return result
}
