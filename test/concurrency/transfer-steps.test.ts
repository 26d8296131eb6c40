import { expect, it } from 'vitest'
import type { PausedInvocation, PausedOperation } from 'wechat-cloud-emulator/testing'
import { succeeded } from '../support/cloud-kit.ts'
import { newNumber, requestTransfer, twoAccounts } from '../support/operations/transfer-people.ts'
import type { TestUser } from '../support/test-user.ts'
import { useCloud } from '../support/use-cloud.ts'

/** A yes is held before the write that decides the move, and the accounts change meanwhile: the late write must find out. */
const cloud = useCloud({ maximumInstances: 4 })

const tripsOf = (userId: string) =>
  cloud.kit.documents('trips').filter((trip) => trip['userId'] === userId).length

function startYes(old: TestUser, id: string): PausedInvocation {
  const { scheduler, appid } = cloud.kit.cloud
  const request = { token: old.token, action: 'answerTransfer', id, accept: true }
  return scheduler.start('account', request, { source: 'wx_client', appid, openid: old.openid })
}

/** Lets the call go on until it waits to write the user for the second time: the receiver first, then the decision. */
async function untilDecision(held: PausedInvocation): Promise<void> {
  const isWrite = ({ action, target }: PausedOperation) =>
    action === 'database.modifyDocument' && target === 'users'
  for (let writes = 0; ; ) {
    await held.untilQuiescent()
    const [step] = held.waiting
    if (!step) throw new Error('the call ended before its decision')
    if (isWrite(step)) writes += 1
    if (writes === 2) return
    await held.release(step.name)
  }
}

async function reasonOf(held: PausedInvocation): Promise<unknown> {
  await held.untilQuiescent()
  for (let [step] = held.waiting; step; [step] = held.waiting) await held.release(step.name)
  if (!held.end || held.end.failure) throw new Error('it did not end well')
  return JSON.parse(held.end.json).reason
}

it.each<[string, (people: { old: TestUser; next: TestUser }) => Promise<unknown>, string]>([
  [
    'the number of the account changes',
    async ({ old }) => succeeded(await old.account('changePhone', { phoneCode: old.phoneCode(newNumber()) })),
    'TRANSFER_EXPIRED',
  ],
  ['the session ends', async ({ old }) => old.call('logout', { token: old.token }), 'SESSION_REVOKED'],
  [
    'the question is withdrawn',
    async ({ next }) => succeeded(await next.account('cancelTransfer')),
    'TRANSFER_EXPIRED',
  ],
  [
    'the receiver closes its account',
    async ({ next }) => succeeded(await next.account('close', { confirmed: true })),
    'TRANSFER_EXPIRED',
  ],
])('nothing moves if, just before the decision, %s', async (what, meanwhile, reason) => {
  const { old, next } = await twoAccounts(cloud.kit, what.replaceAll(' ', '-'))
  const { userId } = old
  const held = startYes(old, await requestTransfer(next))
  await untilDecision(held)
  await meanwhile({ old, next })
  expect(await reasonOf(held)).toBe(reason)
  expect(tripsOf(userId)).toBe(1)
  expect(old.document()['status']).toBe('active')
  expect(next.documents().filter((document) => 'incomingTransfer' in document)).toEqual([])
})
