import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { CATALOGUE } from '../../../parity/catalogue.ts'
import { catalogueHash } from '../../../parity/core/catalogue-hash.ts'
import { type AnswerFile, AnswerFileError, readAnswerFile } from '../../../parity/record/answer-file.ts'
import { compareAnswers, type Row, type Status, statusesOf } from '../../../parity/record/compare.ts'
import { differencesOf } from '../../../parity/record/differences.ts'
import {
  CLOUD_HALF,
  DEVICE_HALF,
  EMULATOR_HALF,
  PHONE_HALF,
  readHalf,
  writeHalf,
} from '../../../parity/record/emulator-half.ts'
import { questionsByStatement, type Verdict, verdictOf } from '../../../parity/record/statement-questions.ts'
import { fail, projectPath } from '../project.ts'

/** What the emulator can follow. */
const DIFFERENCES_FILE = 'parity/differences.json'

/** `npm run parity -- compare answer.json [--write]`. */
export function runCompare(file: string, isWriting: boolean): void {
  const given = readGiven(file)
  const half = projectPath(given.kind === 'phone' ? PHONE_HALF : EMULATOR_HALF)
  const rows = compareAnswers(readHalf(half), given.answers)
  if (given.catalogue !== undefined && given.catalogue !== catalogueHash(CATALOGUE.map(({ name }) => name)))
    console.log('! 问题的版本不同 · another catalogue was asked: npm run parity -- build')
  printRows(rows)
  printStatements(rows)
  if (!isWriting) return
  writeRecord(given)
  // The emulator follows a cloud; the browser phone follows nothing.
  if (given.kind === 'phone') return
  const differences = differencesOf(rows)
  writeFileSync(projectPath(DIFFERENCES_FILE), `${JSON.stringify(differences, null, 2)}\n`)
  const followed = differences.differences.filter(({ kind }) => kind !== 'other').length
  console.log(
    `${DIFFERENCES_FILE}: ${differences.differences.length} 处不同，模拟器能照做 ${followed} 处 · differences, of which the emulator follows ${followed}: npm start -- --follow ${DIFFERENCES_FILE}`,
  )
}

/** Keeps the answers for docs/en/parity.md. An answer that was there gives way. */
function writeRecord({ kind, answers }: AnswerFile): void {
  const name = kind === 'phone' ? DEVICE_HALF : CLOUD_HALF
  const file = projectPath(name)
  const known = existsSync(file) ? readHalf(file) : {}
  writeHalf(file, { ...known, ...answers })
  console.log(`${name}: npx vitest run test/parity/page.test.ts -u → docs/{zh-CN,en}/parity.md`)
}

function readGiven(file: string): AnswerFile {
  if (!existsSync(file)) fail(`${file}: 没有这个文件 · no such file`)
  try {
    return readAnswerFile(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof AnswerFileError)) throw error
    return fail(`${file}: ${error.message}`)
  }
}

const MARKS: Readonly<Record<Status, string>> = { same: '=', message: '≈', differs: '≠', unknown: '?' }
const WIDTH = 90

function printRows(rows: readonly Row[]): void {
  const counts: Record<Status, number> = { same: 0, message: 0, differs: 0, unknown: 0 }
  for (const { question, status, emulator, cloud } of rows) {
    counts[status] += 1
    if (status === 'same' || status === 'unknown') continue
    console.log(
      `${MARKS[status]} ${question}\n    模拟器 emulator  ${short(emulator)}\n    云端   cloud     ${short(cloud)}`,
    )
  }
  console.log(
    `= ${counts.same} 相同 same · ≈ ${counts.message} 只有文字不同 other words · ≠ ${counts.differs} 不同 differs · ? ${counts.unknown} 未知 unknown`,
  )
}

/** Marks of the documents by the statement that a question settles: they go once every question of it is answered alike. */
function printStatements(rows: readonly Row[]): void {
  const statusOf = statusesOf(rows)
  const phoneNames = Object.keys(readHalf(projectPath(PHONE_HALF)))
  for (const [id, names] of [...questionsByStatement(CATALOGUE, phoneNames)].sort(byId)) {
    const statuses = names.map(statusOf)
    if (statuses.every((status) => status === 'unknown')) continue
    const verdict = STATEMENT_WORDS[verdictOf(statuses)]
    console.log(`docs/en/parity.md#${id}  ${verdict}`)
  }
}

const STATEMENT_WORDS: Readonly<Record<Verdict, string>> = {
  differs: '改写这一句 · the statement is to be changed',
  unknown: '“未验证”留着 · the mark stays',
  same: '“未验证”可以去掉 · the mark goes',
}

const byId = ([a]: [string, unknown], [b]: [string, unknown]) => a.localeCompare(b)

function short(answer: unknown): string {
  const text = JSON.stringify(answer) ?? '-'
  return text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text
}
