import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { filesBelow } from '../files-below.ts'
import { applyPlan } from './apply-plan.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'apply-'))
  writeFileSync(join(root, 'app.json'), 'before')
  writeFileSync(join(root, 'old.js'), 'old')
  mkdirSync(join(root, 'taken'))
  writeFileSync(join(root, 'taken/a'), 'a')
})
afterEach(() => rmSync(root, { recursive: true }))

const plan = (paths: string[]) => ({
  root,
  writes: paths.map((path) => ({ path, text: path, isNew: true })),
  removals: ['old.js'],
  edits: [{ path: 'app.json', before: 'before', after: 'after' }],
  kept: [],
  emptied: [],
  notes: [],
})

it('writes, edits and removes', () => {
  applyPlan(plan(['auth/a.js', 'auth/b/c.js']))
  expect(filesBelow(root)).toEqual(['app.json', 'auth/a.js', 'auth/b/c.js', 'taken/a'])
  expect(readFileSync(join(root, 'app.json'), 'utf8')).toBe('after')
})

// Of the first, the folder cannot be made; the second cannot be renamed, when the others have been.
it.each([['app.json/a.js'], ['taken']])('writes nothing if %s cannot be written', (path) => {
  expect(() => applyPlan(plan(['auth/a.js', path, 'auth/b/c.js']))).toThrow()
  expect(filesBelow(root)).toEqual(['app.json', 'old.js', 'taken/a'])
  expect(readFileSync(join(root, 'app.json'), 'utf8')).toBe('before')
  expect(existsSync(join(root, 'auth'))).toBe(false)
})

it('gives files their text back if one cannot be removed', () => {
  expect(() => applyPlan({ ...plan(['auth/a.js']), removals: ['old.js', 'taken'] })).toThrow()
  expect(filesBelow(root)).toEqual(['app.json', 'old.js', 'taken/a'])
  expect(readFileSync(join(root, 'app.json'), 'utf8')).toBe('before')
})
