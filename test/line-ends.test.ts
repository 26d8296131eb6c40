import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeNewFunction } from '../scripts/new-function.ts'
import { projectPath } from '../scripts/project.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'line-ends-'))
  mkdirSync(join(root, 'contract'))
  cpSync(projectPath('contract/functions.ts'), join(root, 'contract/functions.ts'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const contract = () => join(root, 'contract/functions.ts')

it.each(['\n', '\r\n'])(
  'a new function is named in the contract at its place, with line ends %j',
  (lineEnd) => {
    writeFileSync(contract(), readFileSync(contract(), 'utf8').replaceAll('\n', lineEnd))
    writeNewFunction(root, 'notes')
    const text = readFileSync(contract(), 'utf8')
    expect(text.replaceAll(lineEnd, '')).not.toMatch(/[\r\n]/)
    const [, body = ''] = /export interface CloudFunctions \{\r?\n([^}]*)\}/.exec(text) ?? []
    expect(body).toContain('  notes: Exchange<NotesRequest, NotesData>')
    expect(text).toMatch(/^import type \{ NotesData, NotesRequest \} from '\.\/notes'\r?\n/)
  },
)

it('a folder in the way of a new function is left alone', () => {
  mkdirSync(join(root, 'cloudfunctions/notes'), { recursive: true })
  writeFileSync(join(root, 'cloudfunctions/notes/index.js'), 'exports.main = () => 1')
  expect(() => writeNewFunction(root, 'notes')).toThrow('cloudfunctions/notes')
})

it('every checkout has the same line ends', () => {
  expect(readFileSync(projectPath('.gitattributes'), 'utf8')).toMatch(/^\* text=auto eol=lf$/m)
})
