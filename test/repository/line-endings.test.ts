import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addOwnedFunction } from '../../scripts/lib/new/new-function.ts'
import { addPage } from '../../scripts/lib/new/new-page.ts'
import { ProjectEdits } from '../../scripts/lib/new/project-edits.ts'
import { projectPath } from '../../scripts/lib/project.ts'

/** Files that `npm run new` changes or reads. */
const CHANGED = [
  'contract/app/functions.ts',
  'cloudfunctions/app-config.ts',
  'docs/en/actions.md',
  'docs/en/indexes.md',
  'docs/zh-CN/actions.md',
  'docs/zh-CN/indexes.md',
  'miniprogram/app.json',
  'miniprogram/app-config.ts',
  'miniprogram/texts.ts',
  'test/faults/app-scenarios.ts',
  'test/support/operations/app.ts',
]
const READ = ['miniprogram/account/utils/texts.ts']
const NAMES = { name: 'notes', file: 'notes', type: 'Notes' }

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'line-ends-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const read = (path: string) => readFileSync(join(root, path), 'utf8')

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function makeNotes(): void {
  const edits = new ProjectEdits(root)
  addOwnedFunction(edits, NAMES, '我的笔记')
  edits.write()
  const page = new ProjectEdits(root)
  addPage(page, NAMES, { title: '我的笔记', isGuarded: false, functionName: 'notes' })
  page.write()
}

it.each(['\n', '\r\n'])('a new function and its page are added with line ends %j', (lineEnd) => {
  const originals = [...CHANGED, ...READ].map(
    (path) => [path, readFileSync(projectPath(path), 'utf8').replaceAll('\n', lineEnd)] as const,
  )
  for (const [path, text] of originals) write(path, text)
  makeNotes()
  for (const [path, before] of originals) {
    const text = read(path)
    expect(text.replaceAll(lineEnd, '')).not.toMatch(/[\r\n]/)
    expect(text === before).toBe(READ.includes(path))
  }
  expect(read('contract/app/functions.ts')).toContain('  notes: | Exchange<SaveNotesRequest, SaveNotesData>')
  expect(read('miniprogram/app.json')).toContain('"pages/notes/notes"')
})

it('nothing is written when a name is taken or a file has no place for it', () => {
  for (const path of [...CHANGED, ...READ]) write(path, readFileSync(projectPath(path), 'utf8'))
  write('cloudfunctions/notes/index.js', 'exports.main = () => 1')
  expect(makeNotes).toThrow('cloudfunctions/notes')
  rmSync(join(root, 'cloudfunctions/notes'), { recursive: true })
  write('cloudfunctions/app-config.ts', 'export const OTHER = []')
  expect(makeNotes).toThrow('OWNED_COLLECTIONS')
  for (const path of CHANGED.filter((path) => path !== 'cloudfunctions/app-config.ts')) {
    expect(read(path)).toBe(readFileSync(projectPath(path), 'utf8'))
  }
})

it('every checkout has the same line ends', () => {
  expect(readFileSync(projectPath('.gitattributes'), 'utf8')).toMatch(/^\* text=auto eol=lf$/m)
})
