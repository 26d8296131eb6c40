import { expect, it } from 'vitest'
import type { ObservedQuery } from 'wechat-cloud-emulator/testing'
import { OWNED_COLLECTIONS } from '../../cloudfunctions/app-config.ts'
import { INDEXES } from '../../scripts/lib/cloud/indexes.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { callOperation, type Operation, prepareRequest } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import type { TestUser } from '../support/test-user.ts'
import { useCloud } from '../support/use-cloud.ts'

/** A query that the functions make, and who waits for it. */
interface Query {
  collection: string
  wanted: string
  index: string
  waiting: Set<string>
}

const cloud = useCloud()
const queries = new Map<string, Query>()
const scans: string[] = []

it.each(OPERATIONS)('$name reads no collection from end to end', async (operation) => {
  const { kit } = cloud
  const user = cloud.newUser()
  if (!operation.isNew) await user.logIn()
  const request = await prepareRequest(operation, user)
  if (operation.caller === 'timer') await leaveSomethingToDo(user)
  scans.length = 0
  kit.cloud.database.watch.onQuery = (query) => note(query, waiting(operation))
  try {
    const { result } = await callOperation(kit, operation, user.openid, request)
    expect(result).toMatchObject({ code: operation.code ?? 200 })
  } finally {
    kit.cloud.database.watch.onQuery = undefined
  }
  expect(scans, operation.name).toEqual([])
})

it('no index is there that nobody needs', () => {
  const used = new Set([...queries.values()].map(({ collection, index }) => `${collection} ${index}`))
  const idle = INDEXES.filter(({ collection, name }) => !used.has(`${collection} ${name}`))
  expect(idle).toEqual([])
})

it('docs/en/indexes.md lists every query with its index and who waits for it', async () => {
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

Every query that a user, an administrator or the timer waits for, except queries by \`_id\`, which the database indexes itself.
\`npm run database\` prints the steps that create the indexes. A query without its index reads the whole collection: with a
few hundred thousand documents the function times out.

\`npx vitest run test/indexes -u\` writes this page from the functions' requests to the embedded cloud.

| collection | query | index | who waits |
|---|---|---|---|
${rows.join('\n')}
`
  await expect(page).toMatchFileSnapshot(projectPath('docs/en/indexes.md'))
})

/** Something for each task of the timer, so that it asks all that it can ask. */
async function leaveSomethingToDo(owner: TestUser): Promise<void> {
  const { kit } = cloud
  await owner.setAvatar()
  await owner.upload()
  const closing = await kit.loginWithCode('oClosing')
  await kit.call('account', 'oClosing', { token: closing.token, action: 'close', confirmed: true })
  const hour = 60 * 60
  await kit.control.post('clock', { advanceSeconds: 3 * hour })
  const [user] = kit.users()
  const at = new Date(kit.cloud.clock.now() - hour * 1000)
  kit.cloud.database.putDocument('users', { ...user, _id: 'u_broken-off', status: 'closing', closingAt: at })
  for (const name of OWNED_COLLECTIONS) {
    const orphan = { _id: 'u_gone.document', userId: 'u_gone', createdAt: at }
    kit.cloud.database.putDocument(name, orphan)
  }
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

function waiting({ name, variant, caller }: Operation): string {
  if (caller === 'timer') return 'timer'
  return caller === 'console' ? `administrator (${variant})` : `user (\`${name}\`)`
}
