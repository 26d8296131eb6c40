import { beforeEach, expect, it } from 'vitest'
import type { PausedInvocation, PausedOperation } from 'wechat-cloud-emulator/testing'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, succeeded } from '../support/cloud-kit.ts'
import { TestUser } from '../support/test-user.ts'
import { useCloud } from '../support/use-cloud.ts'

/**
 * A call is held before one of its steps, and the documents it has read change meanwhile: the late step must require
 * the values that the call has read, and do no harm otherwise.
 */
let kit: CloudKit
let openid: string
const cloud = useCloud({ maximumInstances: 4 })
beforeEach(() => {
  ;({ kit, openid } = cloud.newUser())
})

const close = (token: string) => ({ token, action: 'close', confirmed: true })
const pass = (advanceSeconds: number) => kit.control.post('clock', { advanceSeconds })

function start(name: string, data: object, by: 'person' | 'timer' = 'person', at = kit): PausedInvocation {
  const { scheduler, appid } = at.cloud
  return scheduler.start(
    name,
    data,
    by === 'timer' ? { source: 'wx_trigger', appid } : { source: 'wx_client', appid, openid },
  )
}

/** Lets the call go on until it waits at this step, or ends. */
async function until(held: PausedInvocation, action: string, target?: string): Promise<void> {
  await held.untilQuiescent()
  for (;;) {
    const isMeant = (operation: PausedOperation) =>
      operation.action === action && (target === undefined || operation.target === target)
    const step = held.waiting.find((operation) => !isMeant(operation))
    if (!step) return
    await held.release(step.name)
  }
}

async function finish(held: PausedInvocation): Promise<unknown> {
  await held.untilQuiescent()
  for (let [step] = held.waiting; step; [step] = held.waiting) await held.release(step.name)
  if (!held.end || held.end.failure) throw new Error('it did not end well')
  return JSON.parse(held.end.json).code
}

const saveTrip = (token: string) =>
  kit.call('trips', openid, { token, action: 'save', key: 'first-trip', city: '杭州', days: 3 })
const tripsOf = (userId: string) => kit.documents('trips').filter((trip) => trip['userId'] === userId)
const userOf = (userId: string) => kit.users().find(({ _id }) => _id === userId)

/** A closing held before a step; another finishes it, and the person registers again and saves a trip under the same key. */
async function closedMeanwhile(action: string, target: string) {
  const first = await kit.loginWithCode(openid)
  succeeded(await saveTrip(first.token))
  const held = start('account', close(first.token))
  await until(held, action, target)
  expect(held.waiting.map(({ name }) => name)).toEqual([`${action} ${target}`])
  succeeded(await kit.call('account', openid, close(first.token)))
  await pass(3)
  const again = await kit.loginWithCode(openid)
  expect(again.isNewUser).toBe(true)
  succeeded(await saveTrip(again.token))
  expect(await finish(held)).toBe(200)
  return again.userInfo.id
}

it('the last step of a closing leaves the account of a person who has registered again', async () => {
  const userId = await closedMeanwhile('database.removeDocument', 'users')
  expect(userOf(userId)).toMatchObject({ status: 'active' })
})

it('a closing that another has finished leaves a trip under the same key of the account made since', async () => {
  const userId = await closedMeanwhile('database.removeDocument', 'trips')
  expect(userOf(userId)).toMatchObject({ status: 'active' })
  expect(tripsOf(userId)).toHaveLength(1)
})

it('a closing that another has finished, and finds so, deletes nothing', async () => {
  const userId = await closedMeanwhile('database.getDocument', 'users')
  expect(userOf(userId)).toMatchObject({ status: 'active' })
  expect(tripsOf(userId)).toHaveLength(1)
})

it('a number that is changed meanwhile is not encrypted again', async () => {
  const first = makeSecrets()
  const before = await CloudKit.start({ variables: { ...first } })
  const { token } = await before.loginWithCode(openid, '13800138000')
  await before.cloud.close()
  const k2 = makeSecrets().LOGIN_SECRETS.replace(/^k1:/, 'k2:')
  const variables = { ...first, LOGIN_SECRETS: `${k2},${first.LOGIN_SECRETS}` }
  const both = await CloudKit.start({ variables, dataDirectory: before.directory, maximumInstances: 4 })
  try {
    const held = start('cleanup', {}, 'timer', both)
    await until(held, 'database.modifyDocument', 'users')
    const account = new TestUser(both, openid, token)
    const phoneCode = await both.phoneCode(openid, '13900139000')
    succeeded(await account.account('changePhone', { phoneCode }))
    expect(await finish(held)).toBe(200)
    expect((await account.export()).uncovered.phone).toBe('+8613900139000')
  } finally {
    await both.stop()
  }
})

it('a picture that came between is the one that is replaced, and leaves no file', async () => {
  const { token, userInfo } = await kit.loginWithCode(openid)
  const account = new TestUser(kit, openid, token)
  await account.setAvatar()
  const held = start('account', { token, action: 'update', avatar: await account.upload() })
  await until(held, 'database.modifyDocument', 'users')
  await account.setAvatar()
  expect(await finish(held)).toBe(200)
  const rows = kit.documents('avatars').filter((row) => row['userId'] === userInfo.id)
  expect(rows.map(({ fileId }) => fileId)).toEqual([userOf(userInfo.id)?.['avatar']])
})

it('nothing is renewed for an account that is disabled meanwhile', async () => {
  const { token, userInfo } = await kit.loginWithCode(openid)
  await pass(20 * 24 * 60 * 60)
  const held = start('checkToken', { token })
  await until(held, 'database.modifyDocument', 'users')
  kit.cloud.database.putDocument('users', { ...userOf(userInfo.id), status: 'disabled' })
  const before = userOf(userInfo.id)
  expect(await finish(held)).toBe(403)
  expect(userOf(userInfo.id)).toEqual(before)
})

it('a picture that is written after the account was closed goes by the timer', async () => {
  const { token } = await kit.loginWithCode(openid)
  const account = new TestUser(kit, openid, token)
  await account.setAvatar()
  const held = start('account', { token, action: 'update', avatar: await account.upload() })
  await until(held, 'storage.getUploadMetadata')
  succeeded(await kit.call('account', openid, close(token)))
  const before = kit.cloud.files.list().length
  expect(await finish(held)).toBe(403)
  expect(kit.cloud.files.list()).toHaveLength(before + 1)
  await pass(3 * 60 * 60)
  await kit.control.post('timer', { function: 'cleanup' })
  expect(kit.cloud.files.list()).toHaveLength(before)
})
