import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Texts with `__NAME__`, `__FILE__` and `__TYPE__` in the places of the function's own. */
const TEMPLATES = new URL('./function-templates/', import.meta.url)

/** A file of that name is there. */
export class NameTaken extends Error {
  override readonly name = 'NameTaken'
}

/**
 * Writes a guarded function that greets whoever is logged in, and names it in the contract.
 * @param root of the project
 * @param name in camelCase
 * @returns the files, relative to the root
 * @throws NameTaken before anything was written
 */
export function writeNewFunction(root: string, name: string): string[] {
  const file = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const type = name.charAt(0).toUpperCase() + name.slice(1)
  const fill = (template: string) =>
    readFileSync(new URL(`${template}.txt`, TEMPLATES), 'utf8')
      .replaceAll('__NAME__', name)
      .replaceAll('__FILE__', file)
      .replaceAll('__TYPE__', type)
  const files: Record<string, string> = {
    [`contract/${file}.ts`]: fill('contract'),
    [`cloudfunctions/${name}/index.ts`]: fill('index'),
    [`cloudfunctions/${name}/${file}.ts`]: fill('use-case'),
    [`cloudfunctions/${name}/${file}.test.ts`]: fill('test'),
    [`cloudfunctions/${name}/config.json`]: fill('config'),
  }
  const taken = [`cloudfunctions/${name}`, ...Object.keys(files)].find((path) => existsSync(join(root, path)))
  if (taken !== undefined) throw new NameTaken(taken)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const functions = join(root, 'contract/functions.ts')
  writeFileSync(functions, nameIn(readFileSync(functions, 'utf8'), name, file, type))
  return [...Object.keys(files), 'contract/functions.ts']
}

function nameIn(functions: string, name: string, file: string, type: string): string {
  // A checkout may have Windows's line ends.
  const lineEnd = functions.includes('\r\n') ? '\r\n' : '\n'
  const line = `  ${name}: Exchange<${type}Request, ${type}Data>${lineEnd}`
  const start = functions.indexOf('export interface CloudFunctions')
  const end = functions.indexOf(`${lineEnd}}`, start) + lineEnd.length
  if (start < 0 || end < lineEnd.length)
    throw new Error('contract/functions.ts: 没有 CloudFunctions · is gone')
  const named = functions.slice(0, end) + line + functions.slice(end)
  return `import type { ${type}Data, ${type}Request } from './${file}'${lineEnd}${named}`
}
