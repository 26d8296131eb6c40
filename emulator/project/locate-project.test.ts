import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { locateProject } from './locate-project.ts'

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'locate-')))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

it('takes a folder with a project.config.json', () => {
  writeFileSync(join(root, 'project.config.json'), '{}')
  expect(locateProject(root)).toBe(root)
})

it('names the nearest folders below and above that have one', () => {
  for (const name of ['b c', 'a', 'node_modules', 'a/deep']) mkdirSync(join(root, name))
  for (const name of ['b c', 'a', 'node_modules'])
    writeFileSync(join(root, name, 'project.config.json'), '{}')
  expect(() => locateProject(root)).toThrow(/--project \S*\/a {2}--project "[^"]*\/b c"$/)
  expect(() => locateProject(join(root, 'a/deep'))).toThrow(/--project \S*\/a$/)
})

it('looks into the packages of a repository', () => {
  for (const name of ['repo/packages/mini', 'repo/node_modules/x', 'repo/.git/x']) {
    mkdirSync(join(root, name), { recursive: true })
    writeFileSync(join(root, name, 'project.config.json'), '{}')
  }
  expect(() => locateProject(root)).toThrow(/try: --project \S*repo\/packages\/mini$/)
})

it('says in one line that there is none, also for a folder that does not exist', () => {
  expect(() => locateProject(join(root, 'none'))).toThrow(/^[^\n]* --project$/)
})
