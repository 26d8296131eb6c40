import { INDEXES } from '../../scripts/lib/cloud/indexes.ts'
import { FOLDERS_BY_LANGUAGE, type Language, type Words } from '../documents/languages.ts'
import type { Operation } from '../support/operations/operation.ts'

/** A query that the functions make, with its index, and the operations that wait for it. */
export interface Query {
  collection: string
  /** Its conditions, in `backquotes`. */
  conditions: readonly string[]
  /** Its fields of order, in `backquotes`. */
  order: readonly string[]
  index: string
  waiting: Set<Operation>
}

/** Path of `indexes.md` in a language, from the project's root. */
export function indexesPagePath(language: Language): string {
  return `${FOLDERS_BY_LANGUAGE[language]}/indexes.md`
}

/** `indexes.md` in a language. */
export function indexesPage(queries: readonly Query[], language: Language): string {
  const rows = queries
    .map((query) => {
      const { collection, index } = query
      return `| \`${collection}\` | ${wanted(query, language)} | ${fieldsOf(collection, index)} | ${waiting(query, language)} |`
    })
    .sort()
  return `${HEAD[language]}${rows.join('\n')}\n`
}

const BY: Words = { english: '; by ', chinese: '；按 ' }

function wanted({ conditions, order }: Query, language: Language): string {
  const sorted = order.length === 0 ? '' : `${BY[language]}${order.join(', ')}`
  return conditions.join(', ') + sorted
}

function fieldsOf(collection: string, index: string): string {
  const fields =
    INDEXES.find((known) => known.collection === collection && known.name === index)?.fields ?? []
  return fields.map((field) => `\`${field}\``).join(', ')
}

function waiting(query: Query, language: Language): string {
  const names = [...query.waiting].map((operation) => WHO[language](operation))
  return [...new Set(names)].sort().join(language === 'english' ? ', ' : '、')
}

const WHO: Record<Language, (operation: Operation) => string> = {
  english: ({ name, variant, caller }) => {
    if (caller === 'timer') return 'timer'
    return caller === 'console' ? `administrator (${variant})` : `user (\`${name}\`)`
  },
  chinese: ({ name, variant, caller }) => {
    if (caller === 'timer') return '定时器'
    return caller === 'console' ? `管理员（${variant}）` : `用户（\`${name}\`）`
  },
}

const HEAD: Words = {
  english: `# Queries and their indexes

[简体中文](../zh-CN/indexes.md)

Every query that a user, an administrator or the timer waits for, except queries by \`_id\`, which the database indexes itself.
\`npm run database\` prints the steps that create the indexes. A query without its index reads the whole collection: with a
few hundred thousand documents the function times out.

\`npx vitest run test/indexes -u\` writes this page from the functions' requests to the embedded cloud.

| collection | query | index | who waits |
|---|---|---|---|
`,
  chinese: `# 查询与索引

[English](../en/indexes.md)

用户、管理员或定时器在等的每个查询。按 \`_id\` 的查询除外，数据库自带它的索引。\`npm run database\` 列出创建索引的步骤。
查询没有索引就会读整个集合：有几十万个文档时，云函数会超时。

\`npx vitest run test/indexes -u\` 按云函数发给本机的云的请求生成本页。

| 集合 | 查询 | 索引 | 谁在等 |
|---|---|---|---|
`,
}
