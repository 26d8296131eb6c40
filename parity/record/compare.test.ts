import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runLocally } from '../../scripts/lib/parity/run-local.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { runScript } from '../../test/support/run-script.ts'
import { CATALOGUE } from '../catalogue.ts'
import { catalogueHash } from '../core/catalogue-hash.ts'
import { AnswerFileError, readAnswerFile } from './answer-file.ts'
import { compareAnswers, type Row } from './compare.ts'
import { differencesOf } from './differences.ts'
import { EMULATOR_HALF, readHalf } from './emulator-half.ts'
import { madeUpAnswers, TEN_NAMES } from './made-up-cloud.ts'

const emulator = readHalf(projectPath(EMULATOR_HALF))
const text = madeUpAnswers(emulator, catalogueHash(CATALOGUE.map(({ name }) => name)))
const { answers } = readAnswerFile(text)
let directory: string
let rows: Row[]

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'parity-compare-'))
  rows = compareAnswers(emulator, answers)
})
afterAll(() => rmSync(directory, { recursive: true }))

const named = (status: Row['status']) =>
  rows.filter((row) => row.status === status).map(({ question }) => question)

describe('a made-up cloud that differs in ten places', () => {
  it('is compared question by question', () => {
    expect(named('message')).toEqual(['update.inc-text'])
    expect([...named('differs'), ...named('message')].sort()).toEqual([...TEN_NAMES].sort())
    expect(named('unknown')).toContain('query.eq')
  })

  it('is shown as a table, with the marks of the documents that go', async () => {
    const file = join(directory, 'answer.json')
    writeFileSync(file, text)
    const { output, code } = await runScript('parity', ['compare', file])
    expect(code).toBe(0)
    expect(output).toMatch(/≠ update\.push-null\n.*-502001.*\n.*"updated":1/)
    expect(output).toMatch(/≈ 1 .* ≠ 9 /)
    expect(output).toMatch(/#database-updated-counts {2}改写这一句/)
    expect(output).toMatch(/#database-duplicate-key {2}“未验证”可以去掉/)
  })

  it('is what the emulator then does, and what it cannot do it says by name', async () => {
    const follow = join(directory, 'differences.json')
    writeFileSync(follow, JSON.stringify(differencesOf(rows)))
    const notes: string[] = []
    const options = { follow, onNote: ({ message }: { message: string }) => notes.push(message) }
    const run = await runLocally(options, TEN_NAMES)
    const followed = compareAnswers(run.answers, answers).filter(({ question }) =>
      TEN_NAMES.includes(question),
    )
    const left = followed.filter(({ status }) => status !== 'same').map(({ question }) => question)
    // Of a transaction, the texts of the fixture are shorter than the emulator's.
    expect(left.sort()).toEqual(['transaction.failed-write-ends-it', 'update.push-null'])
    expect(run.answers['transaction.failed-write-ends-it']).toMatchObject({
      value: [{}, 'committed', [{}, {}]],
    })
    expect(notes.filter((note) => note.includes('update.push-null'))).toHaveLength(1)
  }, 120_000)
})

it.each([
  ['', /没有 JSON/],
  ['{"parity": 1, "answers": {', /不完整/],
  ['{"x": 1}', /不是 parity/],
  ['{"parity": 2, "answers": {}}', /不是 parity/],
  ['{"parity": 1}', /没有 answers/],
  ['{"parity": 1, "answers": {"a.b": 5}}', /a\.b/],
  ['{"parity": 1, "refused": "TOKEN_USED", "message": ""}', /TOKEN_USED/],
  [
    '{"parity": 1, "catalogue": "a", "answers": {}} {"parity": 1, "catalogue": "b", "answers": {}}',
    /另一个版本/,
  ],
])('refuses %j in a line', (malformed, why) => {
  expect(() => readAnswerFile(malformed)).toThrow(AnswerFileError)
  expect(() => readAnswerFile(malformed)).toThrow(why)
})
