import { expect, it } from 'vitest'
import type { ObservedQuery } from 'wechat-cloud-emulator/testing'
import { OWNED_COLLECTIONS } from '../../cloudfunctions/app-config.ts'
import { INDEXES } from '../../scripts/lib/cloud/indexes.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { LANGUAGES } from '../documents/languages.ts'
import { callOperation, type Operation, prepareRequest } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import { PATIENT_TIMER } from '../support/patient-timer.ts'
import type { TestUser } from '../support/test-user.ts'
import { useCloud } from '../support/use-cloud.ts'
import { indexesPage, indexesPagePath, type Query } from './page.ts'

const cloud = useCloud({ functions: PATIENT_TIMER })
const queries = new Map<string, Query>()
const scans: string[] = []

it.each(OPERATIONS)('$name reads no collection from end to end', async (operation) => {
  const { kit } = cloud
  const user = cloud.newUser()
  if (!operation.isNew) await user.logIn()
  const request = await prepareRequest(operation, user)
  if (operation.caller === 'timer') await leaveSomethingToDo(user)
  scans.length = 0
  kit.cloud.database.watch.onQuery = (query) => note(query, operation)
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

it.each(LANGUAGES)(
  'indexes.md lists every query with its index and who waits for it: %s',
  async (language) => {
    const indexed = [...queries.values()].filter(({ index }) => index !== '_id_')
    await expect(indexesPage(indexed, language)).toMatchFileSnapshot(projectPath(indexesPagePath(language)))
  },
)

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

function note(query: ObservedQuery, waiting: Operation): void {
  const { collection, index } = query
  const conditions = [...new Set(query.conditions)].map((text) => `\`${text}\``)
  const order = query.order.map((text) => `\`${text}\``)
  const wanted = [...conditions, 'by', ...order].join(' ')
  if (index === undefined) {
    // The first documents of a collection, whichever they are, need no index.
    if (conditions.length > 0 || query.documentsRead > 100) scans.push(`${collection}: ${wanted}`)
    return
  }
  const key = `${collection} ${wanted} ${index}`
  const known = queries.get(key)
  if (known) known.waiting.add(waiting)
  else queries.set(key, { collection, conditions, order, index, waiting: new Set([waiting]) })
}
