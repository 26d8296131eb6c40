import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newPad } from '../account-kit.ts'
import { CONSENT, verdict } from '../cloud-kit.ts'
import { ALICE, Arena, CONSOLE, MALLORY, TIMER, TIMES } from './arena.ts'
import { anyRequest, type Bend, bendRequest, bends } from './hostile-values.ts'

const TIMEOUT_MILLISECONDS = 240_000 * TIMES
const FUNCTIONS = ['login', 'checkToken', 'logout', 'account', 'trips', 'admin', 'cleanup']

let arena: Arena
beforeAll(async () => {
  arena = await Arena.open()
}, TIMEOUT_MILLISECONDS)
afterAll(async () => {
  const { inputs, watch } = arena
  console.info(
    `hostile requests: ${inputs}, which became ${watch.requests} database requests, none of them foreign`,
  )
  await arena.close()
})

const runs = (numRuns: number) => ({ numRuns: numRuns * TIMES })

it('the watch knows operators that honest calls send, and would see another', async () => {
  const known = [...arena.watch.known].join('\n')
  expect(known).toContain('modifyDocument users data/$push/sessions/$each')
  expect(known).toContain('getDocument trips query/$and/$or/createdAt/$lt:date')
  const { database } = arena.kit.cloud
  const query = JSON.stringify({ _id: { $gt: '' } })
  await database.handle('database.getDocument', { collectionName: 'users', query, queryType: 'WHERE' })
  expect(arena.watch.takeForeign()).toEqual(['getDocument users query/_id/$gt:string'])
  arena.watch.takeBodies()
})

describe.each(FUNCTIONS)('%s, asked anything', (name) => {
  it(
    'by a stranger, refuses',
    () =>
      fc.assert(
        fc.asyncProperty(anyRequest, fc.constantFrom('none', 'stolen', 'admin'), async (request, bearer) => {
          const token = bearer === 'stolen' ? arena.token : bearer === 'admin' ? arena.adminToken() : ''
          const isObject = typeof request === 'object' && request !== null && !Array.isArray(request)
          const event = isObject && token !== '' ? { ...request, token } : request
          const answer = await arena.send(name, event, MALLORY)
          expect(answer.code).not.toBe(200)
          expect(arena.stored.isUnchanged()).toBe(true)
        }),
        runs(100),
      ),
    TIMEOUT_MILLISECONDS,
  )

  it(
    'by the console or a timer, with a user’s token or none, refuses',
    () =>
      fc.assert(
        fc.asyncProperty(
          anyRequest,
          fc.boolean(),
          fc.constantFrom(CONSOLE, TIMER),
          async (request, isBearer, sender) => {
            const event =
              isBearer && typeof request === 'object' ? { ...request, token: arena.token } : request
            const answer = await arena.send(name, event, sender)
            // The timer's own run does what there is to do, which is nothing, whatever its event says.
            expect(answer.code === 200).toBe(name === 'cleanup' && sender === TIMER)
            expect(arena.stored.isUnchanged()).toBe(true)
          },
        ),
        runs(50),
      ),
    TIMEOUT_MILLISECONDS,
  )
})

const consent = { version: CONSENT }
const device = { model: 'iPhone 15', platform: 'ios' }
/** Honest requests of somebody logged in, to be bent. */
const HONEST: readonly [name: string, fields: () => object][] = [
  ['login', () => ({ consent, device })],
  ['login', () => ({ phoneCode: 'none-that-wechat-gave', consent, device })],
  ['login', () => ({ ticket: 'k1.AAAA', consent, device })],
  ['login', () => ({ withoutPhone: true, consent, device })],
  ['checkToken', () => ({})],
  ['logout', () => ({ scope: 'others' })],
  ['logout', () => ({ sessionId: arena.otherSessionId })],
  ['account', () => ({ action: 'get' })],
  ['account', () => ({ action: 'update', nickname: '小明' })],
  ['account', () => ({ action: 'update', avatar: 'cloud://local-cloud.bucket/avatars/x.png' })],
  ['account', () => ({ action: 'avatarUpload', type: 'png' })],
  ['account', () => ({ action: 'changePhone', phoneCode: 'none-that-wechat-gave' })],
  ['account', () => ({ action: 'changePhone', ticket: 'k1.AAAA' })],
  ['account', () => ({ action: 'sessions' })],
  ['account', () => ({ action: 'export', pad: newPad() })],
  ['account', () => ({ action: 'close', confirmed: false })],
  ['trips', () => ({ action: 'save', key: 'second-trip', city: '成都', days: 5 })],
  ['trips', () => ({ action: 'list', cursor: '1790000000000.x' })],
  ['trips', () => ({ action: 'remove', id: `${arena.userId}.first-trip` })],
]

describe('an honest request, bent,', () => {
  it.each(HONEST)(
    'of somebody logged in: %s (%#) is refused or does no more than it should',
    (name, fields) =>
      fc.assert(
        fc.asyncProperty(bends, async (changes) => {
          await sendBent(name, { ...fields(), token: arena.token }, changes, ALICE)
        }),
        runs(50),
      ),
    TIMEOUT_MILLISECONDS,
  )

  const ofAdmin: readonly [action: string, fields: () => object][] = [
    ['find', () => ({ phone: '13800138000' })],
    ['find', () => ({ userId: arena.userId, reason: '核实身份' })],
    ['reveal', () => ({ userId: arena.userId, reason: '核实身份' })],
    ['disable', () => ({ userId: arena.userId, reason: '核实身份' })],
    ['enable', () => ({ userId: arena.userId, reason: '核实身份' })],
    ['stats', () => ({})],
  ]
  it.each(ofAdmin)(
    'of an administrator: %s (%#) is refused or does no more than it should',
    (action, fields) =>
      fc.assert(
        fc.asyncProperty(bends, async (changes) => {
          await sendBent('admin', { action, ...fields(), token: arena.adminToken() }, changes, CONSOLE)
        }),
        runs(50),
      ),
    TIMEOUT_MILLISECONDS,
  )
})

/** What is written when a bent request is taken after all is the sender's own, and of known fields. */
async function sendBent(
  name: string,
  honest: object,
  changes: readonly (readonly [string, Bend])[],
  sender: typeof ALICE,
): Promise<void> {
  const answer = await arena.send(name, bendRequest(honest, changes), sender)
  if (verdict(answer) !== '200') return
  for (const collection of ['users', 'trips', 'avatars']) {
    for (const document of arena.stored.changed(collection)) {
      expect(JSON.stringify(document)).toContain(arena.userId)
      expect(JSON.stringify(document)).not.toContain(arena.bystanderId)
    }
  }
  arena.stored.restore()
}
