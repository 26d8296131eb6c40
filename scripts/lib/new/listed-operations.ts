import type { ProjectEdits } from './project-edits.ts'

const ACTIONS_PAGE = 'docs/en/actions.md'
const INDEXES_PAGE = 'docs/en/indexes.md'

/** Adds the rows that `test/actions` and `test/indexes` write for a function with an owned collection. */
export function listOwned(edits: ProjectEdits, name: string): void {
  addActions(edits, [
    [`\`${name}\` list`, `a page of ${name}`, 1, '*guard*'],
    [`\`${name}\` save`, 'saves once under one key', 2, '*guard* `LIMIT_REACHED`'],
    [`\`${name}\` remove`, 'removes one', 2, '*guard*'],
  ])
  const byTime = '`userId`, `createdAt`'
  addIndexes(
    edits,
    [
      ['`userId =`', byTime, `user (\`${name} save\`)`],
      ['`userId =`, `generation =`', '`userId`, `generation`', 'timer'],
      ['`userId =`; by `_id`', byTime, waitingForPictures(edits)],
      ['`userId =`; by `createdAt descending`', byTime, 'user (`account export`)'],
      ['`userId =`; by `createdAt descending`, `_id descending`', byTime, `user (\`${name} list\`)`],
    ].map((cells) => [`\`${name}\``, ...cells]),
  )
}

/** Whose query of the pictures is one of its own: `show` reads no documents of the app. */
const OF_PICTURES_ALONE = 'administrator (show)'

/** Who else waits for the pictures of a user, by id, waits for the documents of every owned collection, too. */
function waitingForPictures(edits: ProjectEdits): string {
  const [, who] =
    /^\| `avatars` \| `userId =`; by `_id` \|[^|]*\| ([^|]*) \|$/m.exec(edits.read(INDEXES_PAGE)) ?? []
  const waiting = who ?? 'timer, user (`account close`)'
  return waiting
    .split(', ')
    .filter((name) => name !== OF_PICTURES_ALONE)
    .join(', ')
}

/** Adds the row of a function with one guarded action. */
export function listCall(edits: ProjectEdits, name: string, does: string): void {
  addActions(edits, [[`\`${name}\` `, does, 1, '*guard*']])
}

type Row = readonly (string | number)[]

/** The app's functions come last. */
function addActions(edits: ProjectEdits, rows: readonly Row[]): void {
  edits.change(ACTIONS_PAGE, (page) => `${page.trimEnd()}\n${rows.map(tableRow).join('\n')}\n`)
}

/** The rows are sorted. */
function addIndexes(edits: ProjectEdits, rows: readonly Row[]): void {
  edits.change(INDEXES_PAGE, (page) => {
    const [head = '', body = ''] = page.split(/(?<=\|---\|---\|---\|---\|\r?\n)/)
    const all = [...body.trimEnd().split(/\r?\n/), ...rows.map(tableRow)].sort()
    return `${head}${all.join('\n')}\n`
  })
}

function tableRow(cells: Row): string {
  return `| ${cells.join(' | ')} |`
}
