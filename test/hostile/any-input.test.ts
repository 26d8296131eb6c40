import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OWNED_COLLECTIONS } from '../../cloudfunctions/app-config.ts'
import { CONSENT, verdict } from '../support/cloud-kit.ts'
import { newPad } from '../support/export-pad.ts'
import { APP_OPERATIONS } from '../support/operations/app.ts'
import { SOMEONE } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import {
  ALICE,
  AttackFixture,
  CONSOLE,
  MALLORY,
  runs,
  TIMEOUT_MILLISECONDS,
  TIMER,
} from './attack-fixture.ts'
import { anyRequest, type Tampering, tamperings, tamperRequest } from './hostile-values.ts'

/** Those of the catalogue, and one of an app with the guard. */
const FUNCTIONS = [...new Set(OPERATIONS.map((operation) => operation.function)), 'plain-notes']

let fixture: AttackFixture
beforeAll(async () => {
  fixture = await AttackFixture.open()
}, TIMEOUT_MILLISECONDS)
afterAll(async () => {
  const { inputs, watch } = fixture
  console.info(
    `hostile requests: ${inputs}, which became ${watch.requests} database requests, none of them foreign`,
  )
  await fixture.close()
})

it('the watch knows operators that honest calls send, and would see another', async () => {
  const known = [...fixture.watch.known].join('\n')
  expect(known).toContain('modifyDocument users data/$push/sessions/$each')
  for (const name of OWNED_COLLECTIONS) {
    expect(known).toContain(`getDocument ${name} query/$and/$or/createdAt/$lt:date`)
  }
  const { database } = fixture.kit.cloud
  const query = JSON.stringify({ _id: { $gt: '' } })
  await database.handle('database.getDocument', { collectionName: 'users', query, queryType: 'WHERE' })
  expect(fixture.watch.takeForeign()).toEqual(['getDocument users query/_id/$gt:string'])
  fixture.watch.takeBodies()
})

describe.each(FUNCTIONS)('%s, asked anything', (name) => {
  it(
    'by a stranger, refuses',
    () =>
      fc.assert(
        fc.asyncProperty(anyRequest, fc.constantFrom('none', 'stolen', 'admin'), async (request, bearer) => {
          const token = bearer === 'stolen' ? fixture.token : bearer === 'admin' ? fixture.adminToken() : ''
          const isObject = typeof request === 'object' && request !== null && !Array.isArray(request)
          const event = isObject && token !== '' ? { ...request, token } : request
          const answer = await fixture.send(name, event, MALLORY)
          expect(answer.code).not.toBe(200)
          expect(fixture.stored.isUnchanged()).toBe(true)
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
              isBearer && typeof request === 'object' ? { ...request, token: fixture.token } : request
            const answer = await fixture.send(name, event, sender)
            // The timer's own run does what there is to do, which is nothing, whatever its event says.
            expect(answer.code === 200).toBe(name === 'cleanup' && sender === TIMER)
            expect(fixture.stored.isUnchanged()).toBe(true)
          },
        ),
        runs(50),
      ),
    TIMEOUT_MILLISECONDS,
  )
})

const consent = { version: CONSENT }
const device = { model: 'iPhone 15', platform: 'ios' }
/** Honest requests of somebody logged in, to be tampered. */
const HONEST: readonly (readonly [name: string, fields: () => object])[] = [
  ['login', () => ({ consent, device })],
  ['login', () => ({ phoneCode: 'none-that-wechat-gave', consent, device })],
  ['login', () => ({ ticket: 'k1.AAAA', consent, device })],
  ['login', () => ({ withoutPhone: true, consent, device })],
  ['checkToken', () => ({})],
  ['logout', () => ({ scope: 'others' })],
  ['logout', () => ({ sessionId: fixture.otherSessionId })],
  ['account', () => ({ action: 'get' })],
  ['account', () => ({ action: 'update', nickname: '小明' })],
  ['account', () => ({ action: 'update', avatar: 'cloud://local-cloud.bucket/avatars/x.png' })],
  ['account', () => ({ action: 'avatarUpload', type: 'png' })],
  ['account', () => ({ action: 'changePhone', phoneCode: 'none-that-wechat-gave' })],
  ['account', () => ({ action: 'changePhone', ticket: 'k1.AAAA' })],
  ['account', () => ({ action: 'sessions' })],
  ['account', () => ({ action: 'export', pad: newPad() })],
  ['account', () => ({ action: 'close', confirmed: false })],
  ...APP_OPERATIONS.map(
    ({ function: name, variant, request }) =>
      [
        name,
        () => ({
          ...request({ ...SOMEONE, userId: fixture.userId }),
          ...(variant === 'list' ? { cursor: '1790000000000.x' } : {}),
        }),
      ] as const,
  ),
  ['plain-notes', () => ({ action: 'add', text: '带伞' })],
  ['plain-notes', () => ({ action: 'list' })],
]

describe('an honest request that is tampered with,', () => {
  it.each(HONEST)(
    'of somebody logged in: %s (%#) is refused or does no more than it should',
    (name, fields) =>
      fc.assert(
        fc.asyncProperty(tamperings, async (changes) => {
          await sendTampered(name, { ...fields(), token: fixture.token }, changes, ALICE)
        }),
        runs(50),
      ),
    TIMEOUT_MILLISECONDS,
  )

  const ofAdmin: readonly [action: string, fields: () => object][] = [
    ['find', () => ({ phone: '13800138000' })],
    ['find', () => ({ userId: fixture.userId, reason: '核实身份' })],
    ['reveal', () => ({ userId: fixture.userId, reason: '核实身份' })],
    ['disable', () => ({ userId: fixture.userId, reason: '核实身份' })],
    ['enable', () => ({ userId: fixture.userId, reason: '核实身份' })],
    ['endSessions', () => ({ userId: fixture.userId, reason: '核实身份' })],
    ['batch', () => ({ act: 'endSessions', userIds: [fixture.userId], reason: '核实身份' })],
    [
      'list',
      () => ({ nickname: '小', status: 'active', cursor: 'WyJuaWNrbmFtZSIsIuWwjyIsInUiXQ', limit: 5 }),
    ],
    ['show', () => ({ userId: fixture.userId })],
    [
      'records',
      () => ({ userId: fixture.userId, act: 'login', day: '2026-11-29', cursor: '1790000000000.x' }),
    ],
    ['stats', () => ({})],
    [
      'import',
      () => ({ from: 'old_users', appid: 'wx0000000000local', fields: { phone: 'tel' }, reason: '迁移' }),
    ],
  ]
  it.each(ofAdmin)(
    'of an administrator: %s (%#) is refused or does no more than it should',
    (action, fields) =>
      fc.assert(
        fc.asyncProperty(tamperings, async (changes) => {
          await sendTampered('admin', { action, ...fields(), token: fixture.adminToken() }, changes, CONSOLE)
        }),
        runs(50),
      ),
    TIMEOUT_MILLISECONDS,
  )
})

/** What is written when a tampered request is taken after all is the sender's own, and of known fields. */
async function sendTampered(
  name: string,
  honest: object,
  changes: readonly (readonly [string, Tampering])[],
  sender: typeof ALICE,
): Promise<void> {
  const answer = await fixture.send(name, tamperRequest(honest, changes), sender)
  if (verdict(answer) !== '200') return
  for (const collection of ['users', 'avatars', 'plain_notes', ...OWNED_COLLECTIONS]) {
    for (const document of fixture.stored.changed(collection)) {
      expect(JSON.stringify(document)).toContain(fixture.userId)
      expect(JSON.stringify(document)).not.toContain(fixture.bystanderId)
    }
  }
  fixture.stored.restore()
}
