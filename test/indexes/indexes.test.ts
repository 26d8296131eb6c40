import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ObservedQuery } from '../../emulator/cloud/database/database.ts'
import { INDEXES } from '../../scripts/indexes.ts'
import { projectPath } from '../../scripts/project.ts'
import { AccountKit } from '../account-kit.ts'
import { ASKED, type Asked, type Asking } from '../actions/asked.ts'
import { CloudKit } from '../cloud-kit.ts'

/** A query that the functions make, and who waits for it. */
interface Query {
  collection: string
  wanted: string
  index: string
  waiting: Set<string>
}

let kit: CloudKit
const queries = new Map<string, Query>()
const scans: string[] = []

beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())

const numbered = ASKED.map((asked, number) => ({ asked, number, name: `${asked.function} ${asked.action}` }))

it.each(numbered)('$name reads no collection from end to end', async ({ asked, number, name }) => {
  const openid = `oPerson-${number}`
  const login = asked.isNew ? undefined : await kit.loginWithCode(openid, '13800138000')
  const person = { kit, openid, token: login?.token ?? '', userId: login?.userInfo.id ?? '' }
  const data = await asked.prepare(person)
  if (asked.by === 'timer') await leaveSomethingToDo(person)
  scans.length = 0
  kit.cloud.database.watch.onQuery = (query) => note(query, waiting(asked))
  try {
    const { result } = await ask(asked, openid, data)
    expect(result).toMatchObject({ code: asked.does === 'refuses' ? 404 : 200 })
  } finally {
    kit.cloud.database.watch.onQuery = undefined
  }
  expect(scans, name).toEqual([])
})

it('no index is there that nobody needs', () => {
  const used = new Set([...queries.values()].map(({ collection, index }) => `${collection} ${index}`))
  const idle = INDEXES.filter(({ collection, name }) => !used.has(`${collection} ${name}`))
  expect(idle).toEqual([])
})

it('docs/indexes.md lists every query with its index and who waits for it', async () => {
  const fieldsOf = new Map(INDEXES.map(({ collection, name, fields }) => [`${collection} ${name}`, fields]))
  const rows = [...queries.values()]
    .filter(({ index }) => index !== '_id_')
    .map(({ collection, wanted, index, waiting }) => {
      const fields = fieldsOf.get(`${collection} ${index}`) ?? []
      const who = [...waiting].sort().join(', ')
      return `| \`${collection}\` | ${wanted} | ${fields.map((field) => `\`${field}\``).join(', ')} | ${who} |`
    })
    .sort()
  const page = `# Queries and their indexes

Every query that a user, an administrator or the timer waits for, except those by \`_id\`, which the database indexes
itself. \`npm run database\` prints the steps that make the indexes. A query without its index reads the whole collection:
with a few hundred thousand documents it does not end in the time of a function.

\`npx vitest run test/indexes -u\` writes this page again, from what the functions ask of the embedded cloud.

| collection | query | index | who waits |
|---|---|---|---|
${rows.join('\n')}
`
  await expect(page).toMatchFileSnapshot(projectPath('docs/indexes.md'))
})

/** Something for each task of the timer, so that it asks all that it can ask. */
async function leaveSomethingToDo({ openid, token }: Pick<Asking, 'openid' | 'token'>): Promise<void> {
  const account = new AccountKit(kit, openid, token)
  await account.setAvatar()
  await account.upload()
  const closing = await kit.loginWithCode('oClosing')
  await kit.call('account', 'oClosing', { token: closing.token, action: 'close', confirmed: true })
  const hour = 60 * 60
  await kit.control.post('clock', { advanceSeconds: 3 * hour })
  const [user] = kit.users()
  const at = new Date(kit.cloud.clock.now() - hour * 1000)
  kit.cloud.database.putDocument('users', { ...user, _id: 'u_broken-off', status: 'closing', closingAt: at })
  const old = new Date(kit.cloud.clock.now() - 200 * 24 * hour * 1000)
  kit.cloud.database.putDocument('audit_logs', { _id: 'old', act: 'login', at: old, by: 'user' })
}

function note(query: ObservedQuery, who: string): void {
  const { collection, conditions, order, index } = query
  const wanted = [...new Set(conditions)].map((text) => `\`${text}\``).join(', ')
  const sorted = order.length === 0 ? '' : `; by ${order.map((text) => `\`${text}\``).join(', ')}`
  if (index === undefined) {
    // The first documents of a collection, whichever they are, need no index.
    if (conditions.length > 0 || query.documentsRead > 100) scans.push(`${collection}: ${wanted}${sorted}`)
    return
  }
  const key = `${collection} ${wanted}${sorted} ${index}`
  const known = queries.get(key)
  if (known) known.waiting.add(who)
  else queries.set(key, { collection, wanted: wanted + sorted, index, waiting: new Set([who]) })
}

function waiting({ function: name, action, by }: Asked): string {
  if (by === 'timer') return 'timer'
  return by === 'console' ? `administrator (${action})` : `user (\`${`${name} ${action}`.trim()}\`)`
}

function ask({ function: name, by }: Asked, openid: string, data: object): Promise<{ result?: unknown }> {
  if (by === 'timer') return kit.control.post('timer', { function: name })
  return kit.invoke(name, by === 'console' ? undefined : openid, data)
}
