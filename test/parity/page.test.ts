import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../parity/catalogue.ts'
import type { Answers } from '../../parity/core/answer.ts'
import { GROUPS } from '../../parity/phone/miniprogram/lib/questions.ts'
import { compareAnswers, statusesOf } from '../../parity/record/compare.ts'
import {
  CLOUD_HALF,
  DEVICE_HALF,
  EMULATOR_HALF,
  PHONE_HALF,
  readHalf,
} from '../../parity/record/emulator-half.ts'
import { countsOf, type RowGroup, tables } from '../../parity/record/parity-page.ts'
import { questionsByStatement, verdictOf } from '../../parity/record/statement-questions.ts'
import { STATEMENT_GROUPS } from '../../parity/statements/statements.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { PAGES, readPage } from '../documents/pages.ts'
import { chinese, english } from './page-texts.ts'

const answersOf = (file: string): Answers =>
  existsSync(projectPath(file)) ? readHalf(projectPath(file)) : {}
const emulator = { ...answersOf(EMULATOR_HALF), ...answersOf(PHONE_HALF) }
/** Of runs in the cloud and on phones, once somebody has written them down. */
const cloud = { ...answersOf(CLOUD_HALF), ...answersOf(DEVICE_HALF) }
const statusOf = statusesOf(compareAnswers(emulator, cloud))

const phoneNames = GROUPS.flatMap(({ questions }) => questions.map(({ name }) => name))
const named = questionsByStatement(CATALOGUE, phoneNames)
const groups: RowGroup[] = STATEMENT_GROUPS.map(({ statements, ...titles }) => ({
  ...titles,
  rows: statements.map((statement) => {
    const questions = named.get(statement.id) ?? []
    const answered = verdictOf(questions.map(statusOf))
    const verdict = answered === 'unknown' ? (statement.source?.says ?? 'unknown') : answered
    return { ...statement, questions, verdict, isAnswered: answered !== 'unknown' }
  }),
}))
const statements = groups.flatMap(({ rows }) => rows)
const ids = statements.map(({ id }) => id)
const facts = {
  hasRun: Object.keys(cloud).length > 0,
  questions: CATALOGUE.length,
  buttons: phoneNames.length,
  counts: countsOf(groups),
}

describe('the record', () => {
  it('has one row for each id, and a question, a document or a hand that settles it', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    const without = statements.filter(
      ({ questions, source, byHand }) => questions.length === 0 && !source && !byHand,
    )
    expect(without.map(({ id }) => id)).toEqual([])
  })

  it('has a row for all that a question settles', () => {
    expect([...named.keys()].filter((id) => !ids.includes(id))).toEqual([])
  })

  it('compares answers only where both have answered', () => {
    const answer = { value: 1 }
    const verdict = (names: string[], ours: Answers, theirs: Answers) =>
      verdictOf(names.map(statusesOf(compareAnswers(ours, theirs))))
    expect(verdict(['a'], { a: answer }, {})).toBe('unknown')
    expect(verdict(['a'], { a: answer }, { a: answer })).toBe('same')
    expect(verdict(['a', 'b'], { a: answer, b: answer }, { a: answer })).toBe('unknown')
    expect(verdict(['a', 'b'], { a: answer, b: answer }, { a: { value: 2 } })).toBe('differs')
    expect(verdict(['a'], { a: answer }, { a: { answered: false, reason: '' } })).toBe('unknown')
  })

  it('shows that a cloud has answered, whatever a document says', () => {
    const row = {
      id: 'a',
      english: 'A',
      chinese: '甲',
      source: { url: 'https://example.com', says: 'differs' },
      verdict: 'same',
      questions: ['q'],
    } as const
    const page = (isAnswered: boolean) =>
      tables([{ english: 'T', chinese: '题', rows: [{ ...row, isAnswered }] }], 'english')
    expect(page(true)).toContain('| same | a run in the cloud | 1 |')
    expect(page(false)).toContain('[document](https://example.com)')
  })

  it('docs/en/parity.md and docs/zh-CN/parity.md say what it has', async () => {
    await expect(english(facts, tables(groups, 'english'))).toMatchFileSnapshot(
      projectPath('docs/en/parity.md'),
    )
    await expect(chinese(facts, tables(groups, 'chinese'))).toMatchFileSnapshot(
      projectPath('docs/zh-CN/parity.md'),
    )
  })
})

/** A mark in a document: what nobody has seen in a live environment. */
const MARK = /not\s+verified|\bunverified\b|未经验证|未验证/gi
/** A mark with a link to its row, or to the page where a document explains the mark. */
const LINKED = /\[\**[(（]?(?:not\s+verified|未经验证|未验证)[)）]?\**\]\(([^)#\s]*)(?:#([\w-]+))?\)/gi
/** Words that mean something else: an imported number, a mini-program without 认证. */
const OTHER = [
  'docs/en/import-users.md',
  'docs/zh-CN/import-users.md',
  'docs/en/parity.md',
  'docs/zh-CN/parity.md',
  'CHANGELOG.md',
]
const OTHER_WORDS = /personal or unverified mini-program/g

/** Marks of a page without a row, as lines of text. */
function marksWithoutRow(text: string, known: readonly string[]): string[] {
  const rest = text.replaceAll(OTHER_WORDS, '').replaceAll(LINKED, (mark, target: string, id?: string) => {
    const isPage = basename(target) === 'parity.md'
    return isPage && (id === undefined || known.includes(id)) ? '' : mark
  })
  return rest.split('\n').filter((line) => line.match(MARK))
}

describe('marks of what is not verified', () => {
  it.each(PAGES.filter((page) => !OTHER.includes(page)))('%s links each to its row', (page) => {
    expect(marksWithoutRow(readPage(page), ids)).toEqual([])
  })

  it('finds a mark without a link, and one whose row is gone', () => {
    const row = (id: string) => `a [*(not verified)*](parity.md#${id})`
    expect(marksWithoutRow(`${row('time-zone')}\nb *(not verified)*\n${row('gone')}`, ids)).toEqual([
      'b *(not verified)*',
      row('gone'),
    ])
  })

  it('no row that only a hand can settle outlives its mark', () => {
    const linked = PAGES.flatMap((page) => [...readPage(page).matchAll(LINKED)].map(([, , id]) => id))
    const idle = statements.filter(({ byHand, id }) => byHand && !linked.includes(id))
    expect(idle.map(({ id }) => id)).toEqual([])
  })
})
