import { createReadStream, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { ControlClient } from '../control/client.ts'
import { CommandError } from './command-error.ts'

const ENDINGS = ['.json', '.jsonl', '.ndjson']

export interface ImportedCollection {
  name: string
  documents: number
}

/**
 * Imports a file, or each file of a folder: an export of the console replaces the collections that it names; any other
 * file, JSON Lines or one array, replaces the documents of the collection that has the file's name.
 * @throws CommandError with file, line and reason
 */
export async function importSeed(controlUrl: string, path: string): Promise<ImportedCollection[]> {
  if (!existsSync(path)) throw new CommandError(`--seed ${path}: 没有这个文件 · there is no such file`)
  const files = statSync(path).isDirectory() ? filesIn(path) : [path]
  if (files.length === 0)
    throw new CommandError(
      `--seed ${path}: 文件夹里没有 ${ENDINGS.join('、')} 文件 · the folder holds no such file`,
    )
  const imported: ImportedCollection[] = []
  for (const file of files) imported.push(...(await importFile(controlUrl, file)))
  return imported
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => ENDINGS.includes(extname(name).toLowerCase()))
    .sort()
    .map((name) => join(folder, name))
}

async function importFile(controlUrl: string, file: string): Promise<ImportedCollection[]> {
  const collection = basename(file, extname(file))
  if (!isExport(file)) await makeCollection(controlUrl, collection)
  const address = isExport(file) ? 'import' : `collections/${encodeURIComponent(collection)}/import`
  const response = await fetch(`${controlUrl}/${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
  })
  const answer = (await response.json()) as { imported: ImportedCollection[]; error?: string }
  if (!response.ok) throw new CommandError(`--seed ${file}: ${answer.error ?? response.status}`)
  return answer.imported
}

/** With the permission that the platform gives a new collection. An import alone would keep pages out. */
async function makeCollection(controlUrl: string, name: string): Promise<void> {
  const control = new ControlClient(controlUrl)
  const { collections } = await control.get('collections')
  if (!collections.some((collection) => collection.name === name))
    await control.post('collections', { name, permission: 'PRIVATE' })
}

/** An export is one object whose only field is `collections`. */
function isExport(file: string): boolean {
  const start = Buffer.alloc(200)
  const length = readSync(openSync(file, 'r'), start)
  return /^\uFEFF?\s*\{\s*"collections"\s*:\s*\[/.test(start.toString('utf8', 0, length))
}
