import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyProject } from '../../scripts/lib/copy-project.ts'
import { filesBelow } from '../../scripts/lib/files-below.ts'
import { isExhaustive, shardOfAll } from '../support/exhaustive.ts'
import { runScript } from '../support/run-script.ts'

const TIMEOUT_MILLISECONDS = 240_000
let root: string

beforeAll(() => {
  root = copyProject('new-')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const make = (...words: string[]) => runScript('new', words, { root })
// The suites of the copy run as `npm test` runs them: every combination is this run's own business.
const env = { ...process.env, EXHAUSTIVE: '' }
const node = (...words: string[]) => spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8', env })

/** Test files that run in the copy, after the commands. */
const SUITES = {
  'its own tests': [
    'cloudfunctions/travelNotes',
    'cloudfunctions/hello',
    'test/miniprogram/travel-notes.test.ts',
    'test/miniprogram/hello.test.ts',
  ],
  'the suites that know every action, query and page': [
    'test/actions',
    'test/indexes',
    'test/documents/docs.test.ts',
    ...['about', 'mine', 'package', 'accessibility'].map((file) => `test/miniprogram/${file}.test.ts`),
  ],
  'hostile requests': ['test/hostile'],
  faults: ['test/faults/faults.test.ts', 'test/faults/phone.test.ts'],
}

/** Parts of `npm run check:static` that what is made may fail. */
const CHECKS = {
  format: [
    'node_modules/@biomejs/biome/bin/biome',
    'ci',
    '--error-on-warnings',
    'cloudfunctions',
    'contract',
    'miniprogram',
    'test',
  ],
  types: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  'types of the mini-program': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.miniprogram.json'],
  boundaries: ['emulator/bin/run.js', 'scripts/boundaries.ts'],
  words: ['emulator/bin/run.js', 'scripts/words.ts'],
  'unused code': ['node_modules/knip/bin/knip.js', '--no-progress'],
}

it(
  'what npm run new makes passes the static checks, and is made once',
  async () => {
    const owned = await make('function', 'travelNotes', '--owned', '--title', '旅行笔记')
    expect(owned.errors).toBe('')
    expect(owned.output).toContain('cloudfunctions/travelNotes/travel-notes.ts')
    for (const words of [
      ['page', 'travelNotes', '--function', 'travelNotes', '--title', '旅行笔记'],
      ['function', 'hello'],
      ['page', 'hello', '--function', 'hello'],
      ['page', 'about', '--title', "It's “关于”"],
      ['page', 'mine', '--guarded', '--title', '我的'],
    ]) {
      expect(await make(...words)).toMatchObject({ code: 0, errors: '' })
    }
    for (const [check, words] of Object.entries(CHECKS)) {
      const { status, stdout, stderr } = node(...words)
      expect(`${check} ${status} ${status === 0 ? '' : stdout + stderr}`.trim()).toBe(`${check} 0`)
    }
    for (const words of [
      ['function', 'travelNotes'],
      ['function', 'travelNotes', '--owned'],
      ['page', 'hello'],
    ]) {
      const again = await make(...words)
      expect(again.code).toBe(1)
      expect(again.errors).toContain('is there already')
    }
  },
  TIMEOUT_MILLISECONDS,
)

// The copy builds everything once more for it.
it.runIf(isExhaustive).each(shardOfAll(Object.entries(SUITES)))(
  'what npm run new makes passes %s',
  (_what, files) => {
    const { status, stdout } = node('node_modules/vitest/vitest.mjs', 'run', ...files)
    expect(status === 0 ? '' : stdout).toBe('')
  },
  10 * TIMEOUT_MILLISECONDS,
)

describe('nothing is written', () => {
  let before: Map<string, string>
  const sources = () =>
    new Map(
      ['cloudfunctions', 'contract', 'miniprogram', 'docs', 'test'].flatMap((folder) =>
        filesBelow(join(root, folder)).map((file) => {
          const path = `${folder}/${file}`
          return [path, readFileSync(join(root, path), 'latin1')] as const
        }),
      ),
    )
  beforeAll(() => {
    before = sources()
  })

  it.each([
    ['function', 'Notes'],
    ['function', '../x'],
    ['function', 'a b'],
    ['function', ''],
    ['function', 'delete'],
    ['function', 'notes', '--guarded'],
    ['function', 'notes', '--owned', '--title', ''],
    ['function', 'notes', '--owned', '--title', '一二三四五六七八九十一二三四五六七八九十一'],
    ['function', 'notes', '--owned', '--title', '我\n的'],
    ['page', 'notes', '--owned'],
    ['notes'],
  ])('for %s %j %s', async (...words) => {
    const { code, errors } = await make(...words)
    expect(code).toBe(1)
    expect(errors).toContain('npm run new -- function <name>')
    expect(sources()).toEqual(before)
  })

  it.each([
    // A function, a collection of the login, a type of the contract, pages and texts.
    [['function', 'login'], 'cloudfunctions/login'],
    [['function', 'users', '--owned'], 'users'],
    [['function', 'trip', '--owned'], 'RemoveTripData'],
    [['page', 'devices'], 'pages/devices/devices'],
    [['page', 'phoneChanger'], 'phoneChanger'],
    [['page', 'notes', '--function', 'notes'], 'contract/app/notes.ts'],
    [['page', 'notes', '--function', 'trips'], 'contract/app/trips.ts'],
  ])('for %j, and the line names the reason', async (words, reason) => {
    const { code, errors } = await make(...words)
    expect(code).toBe(1)
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(errors).toContain(reason)
    expect(sources()).toEqual(before)
  })

  it('where a file has no place for it', async () => {
    const path = join(root, 'cloudfunctions/app-config.ts')
    const config = readFileSync(path, 'utf8')
    writeFileSync(path, config.replace('OWNED_COLLECTIONS', 'OTHER_COLLECTIONS'))
    const { code, errors } = await make('function', 'notes', '--owned')
    expect(code).toBe(1)
    expect(errors).toContain('OWNED_COLLECTIONS')
    writeFileSync(path, config)
    expect(sources()).toEqual(before)
  })
})
