import type { Statement, StatementGroup } from '../statements/statement.ts'
import type { Verdict } from './statement-questions.ts'

export type Language = 'english' | 'chinese'

/** A statement with what is known of it. */
export interface Row extends Statement {
  /** By an answer of the cloud, else by the public document. */
  readonly verdict: Verdict
  /** Whether a cloud or a phone has answered. */
  readonly isAnswered: boolean
  readonly questions: readonly string[]
}

export interface RowGroup extends Omit<StatementGroup, 'statements'> {
  readonly rows: readonly Row[]
}

const WORDS = {
  english: {
    same: 'same',
    differs: '**differs**',
    unknown: 'unknown',
    cloud: 'a run in the cloud',
    source: 'document',
    byHand: 'by hand',
    head: '| statement | state | shown by | questions |',
    questions: (count: number) => (count === 0 ? '' : String(count)),
  },
  chinese: {
    same: '一致',
    differs: '**不同**',
    unknown: '未知',
    cloud: '云端运行',
    source: '公开文档',
    byHand: '手工',
    head: '| 说法 | 状态 | 依据 | 问题数 |',
    questions: (count: number) => (count === 0 ? '' : String(count)),
  },
} as const

/** The tables of `docs/en/parity.md`, one a group. A row is the anchor of its statement. */
export function tables(groups: readonly RowGroup[], language: Language): string {
  return groups.map((group) => table(group, language)).join('\n')
}

/** How many statements have each state. */
export function countsOf(groups: readonly RowGroup[]): Record<Verdict, number> {
  const counts = { same: 0, differs: 0, unknown: 0 }
  for (const { rows } of groups) for (const { verdict } of rows) counts[verdict] += 1
  return counts
}

function table({ rows, ...title }: RowGroup, language: Language): string {
  const words = WORDS[language]
  const lines = rows.map((row) => {
    const document = row.source ? `[${words.source}](${row.source.url})` : row.byHand ? words.byHand : ''
    const shown = row.isAnswered ? words.cloud : document
    const state = words[row.verdict]
    return `| <a id="${row.id}"></a>${row[language]} | ${state} | ${shown} | ${words.questions(row.questions.length)} |`
  })
  return `## ${title[language]}\n\n${words.head}\n|---|---|---|---|\n${lines.join('\n')}\n`
}
