import type { ProjectEdits } from './project-edits.ts'

/** The pages that the tests write, with their words. */
const LANGUAGES = [
  {
    actionsPage: 'docs/en/actions.md',
    indexesPage: 'docs/en/indexes.md',
    language: 'english',
    list: (name: string) => `a page of ${name}`,
    save: 'saves once under one key',
    remove: 'removes one',
    by: '; by ',
    between: ', ',
    user: (action: string) => `user (\`${action}\`)`,
    timer: 'timer',
    // Whose query of the pictures is one of its own: `show` reads no documents of the app.
    ofPicturesAlone: 'administrator (show)',
  },
  {
    actionsPage: 'docs/zh-CN/actions.md',
    indexesPage: 'docs/zh-CN/indexes.md',
    language: 'chinese',
    list: (name: string) => `一页 ${name}`,
    save: '每个 key 只保存一次',
    remove: '删除一条',
    by: '；按 ',
    between: '、',
    user: (action: string) => `用户（\`${action}\`）`,
    timer: '定时器',
    ofPicturesAlone: '管理员（show）',
  },
] as const

type Page = (typeof LANGUAGES)[number]

/** Adds the rows that `test/actions` and `test/indexes` write for a function with an owned collection. */
export function listOwned(edits: ProjectEdits, name: string): void {
  for (const page of LANGUAGES) {
    addActions(edits, page, [
      [`\`${name}\` list`, page.list(name), 1, '*guard*'],
      [`\`${name}\` save`, page.save, 2, '*guard* `LIMIT_REACHED`'],
      [`\`${name}\` remove`, page.remove, 2, '*guard*'],
    ])
    addIndexes(
      edits,
      page,
      indexRows(edits, page, name).map((cells) => [`\`${name}\``, ...cells]),
    )
  }
}

function indexRows(edits: ProjectEdits, page: Page, name: string): Row[] {
  const { by, user, timer } = page
  const byTime = '`userId`, `createdAt`'
  return [
    ['`userId =`', byTime, user(`${name} save`)],
    ['`userId =`, `generation =`', '`userId`, `generation`', timer],
    [`\`userId =\`${by}\`_id\``, byTime, waitingForPictures(edits, page)],
    [`\`userId =\`${by}\`createdAt descending\``, byTime, user('account export')],
    [`\`userId =\`${by}\`createdAt descending\`, \`_id descending\``, byTime, user(`${name} list`)],
  ]
}

/** Who else waits for the pictures of a user, by id, waits for the documents of every owned collection, too. */
function waitingForPictures(edits: ProjectEdits, page: Page): string {
  const { by, between, timer, user, indexesPage, ofPicturesAlone } = page
  const start = `| \`avatars\` | \`userId =\`${by}\`_id\` |`
  const row = edits
    .read(indexesPage)
    .split(/\r?\n/)
    .find((line) => line.startsWith(start))
  const who = row?.split(' | ').at(-1)?.replace(/ \|$/, '') ?? [timer, user('account close')].join(between)
  return who
    .split(between)
    .filter((name) => name !== ofPicturesAlone)
    .join(between)
}

/** Adds the row of a function with one guarded action. */
export function listCall(
  edits: ProjectEdits,
  name: string,
  does: { english: string; chinese: string },
): void {
  for (const page of LANGUAGES) addActions(edits, page, [[`\`${name}\` `, does[page.language], 1, '*guard*']])
}

type Row = readonly (string | number)[]

/** The app's functions come last. */
function addActions(edits: ProjectEdits, { actionsPage }: Page, rows: readonly Row[]): void {
  edits.change(actionsPage, (page) => `${page.trimEnd()}\n${rows.map(tableRow).join('\n')}\n`)
}

/** The rows are sorted. */
function addIndexes(edits: ProjectEdits, { indexesPage }: Page, rows: readonly Row[]): void {
  edits.change(indexesPage, (page) => {
    const [head = '', body = ''] = page.split(/(?<=\|---\|---\|---\|---\|\r?\n)/)
    const all = [...body.trimEnd().split(/\r?\n/), ...rows.map(tableRow)].sort()
    return `${head}${all.join('\n')}\n`
  })
}

function tableRow(cells: Row): string {
  return `| ${cells.join(' | ')} |`
}
