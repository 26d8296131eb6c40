import { expect, it } from 'vitest'
import type { ListTripsData } from '../../contract/app/trips.ts'
import type { CheckTokenData } from '../../contract/check-token.ts'
import { succeeded, verdict } from '../../test/support/cloud-kit.ts'
import {
  answerTransfer,
  newNumber,
  personWith,
  requestTransfer,
  transferState,
  twoAccounts,
} from '../../test/support/operations/transfer-people.ts'
import { fileExists } from '../../test/support/storage-files.ts'
import type { TestUser } from '../../test/support/test-user.ts'
import { useCloud } from '../../test/support/use-cloud.ts'

const cloud = useCloud()

async function citiesOf(user: TestUser): Promise<string[]> {
  const list = await user.call<ListTripsData>('trips', { token: user.token, action: 'list' })
  return succeeded(list).trips.map(({ city }) => city)
}

async function questionOn(user: TestUser): Promise<CheckTokenData['transferRequest']> {
  return succeeded(await user.call<CheckTokenData>('checkToken', { token: user.token })).transferRequest
}

const actsOf = async (user: TestUser, userId = user.userId) =>
  cloud.kit
    .documents('audit_logs')
    .filter((row) => row['userId'] === userId && String(row['act']).startsWith('transfer.'))
    .map(({ act, by, outcome }) => `${act} ${by} ${outcome}`)
    .sort()

it('a login with a number of another account learns that, and nothing else', async () => {
  const { old, next, login } = await twoAccounts(cloud.kit, 'login')
  expect(login).toEqual({
    token: expect.any(String),
    expiresInSeconds: expect.any(Number),
    userInfo: { ...login.userInfo, nickname: '旅行者', avatar: '' },
    isNewUser: true,
    numberInUse: true,
  })
  expect(JSON.stringify(login)).not.toContain(old.userId)
  const silent = succeeded(await next.call<object>('login', {}))
  expect(silent).not.toHaveProperty('numberInUse')
  expect(await transferState(next)).toEqual({ mayRequest: true })
  const changed = succeeded(await old.account('changePhone', { phoneCode: old.phoneCode() }))
  expect(changed).toHaveProperty('numberInUse', true)
})

it('a login succeeds if the other accounts of its number cannot be looked up', async () => {
  const user = cloud.newUser()
  const fault = { openid: user.openid, target: 'users', action: 'database.getDocument', operation: 2 }
  cloud.kit.cloud.faults.add({ ...fault, answer: { kind: 'reset' }, times: 1 })
  expect(await user.logIn()).not.toHaveProperty('numberInUse')
})

it('a number that nobody else has is not reported as in use', async () => {
  const login = await cloud.newUser().logIn({ phoneNumber: newNumber() })
  expect(login).not.toHaveProperty('numberInUse')
})

it('a yes moves documents, nickname and picture, and closes the old account', async () => {
  const { old, next } = await twoAccounts(cloud.kit, 'yes')
  await old.update({ nickname: '小明' })
  const avatar = String(old.document()['avatar'])
  const oldId = old.userId
  const id = await requestTransfer(next)
  expect(await transferState(next)).toMatchObject({ requested: { id, state: 'waiting' }, mayRequest: false })
  expect(await questionOn(old)).toMatchObject({ id })
  expect(await transferState(old)).toMatchObject({ request: { id } })

  expect(verdict(await answerTransfer(old, id))).toBe('200')
  expect(await citiesOf(next)).toEqual(['杭州'])
  expect(next.document()).toMatchObject({ nickname: '小明', avatar })
  expect(next.document()).not.toHaveProperty('incomingTransfer')
  expect(await transferState(next)).toEqual({
    requested: expect.objectContaining({ id, state: 'moved' }),
    mayRequest: false,
  })
  expect(old.documents()).toEqual([])
  const rows = cloud.kit.documents('avatars').filter(({ userId }) => userId === next.userId)
  expect(rows.map(({ fileId }) => fileId)).toEqual([avatar])
  expect(fileExists(cloud.kit, avatar)).toBe(true)
  expect(verdict(await old.call('checkToken', { token: old.token }))).toBe('403 ACCOUNT_CLOSED')
  expect(verdict(await answerTransfer(old, id))).toBe('403 ACCOUNT_CLOSED')
  expect(await actsOf(next)).toEqual(['transfer.in other done', 'transfer.request user done'])
  expect(await actsOf(old, oldId)).toEqual(['transfer.out user done', 'transfer.request other done'])

  const again = await old.logIn()
  expect(again).toMatchObject({ isNewUser: true, numberInUse: true })
  expect(await citiesOf(old)).toEqual([])
})

it('a person who starts again with the old account may use the same keys', async () => {
  const { old, next } = await twoAccounts(cloud.kit, 'keys')
  await answerTransfer(old, await requestTransfer(next))
  await old.logIn()
  const request = { token: old.token, action: 'save', key: 'first-document', city: '成都', days: 2 }
  for (let times = 0; times < 2; times++) expect(verdict(await old.call('trips', request))).toBe('200')
  expect(await citiesOf(old)).toEqual(['成都'])
  expect(await citiesOf(next)).toEqual(['杭州'])
})

it('a profile of one’s own stays', async () => {
  const { old, next } = await twoAccounts(cloud.kit, 'own')
  await old.update({ nickname: '小明' })
  await next.update({ nickname: '小红' })
  const avatar = await next.setAvatar()
  await answerTransfer(old, await requestTransfer(next))
  expect(next.document()).toMatchObject({ nickname: '小红', avatar })
})

it('a no changes nothing, and the same account is not asked again for 30 days', async () => {
  const { old, next } = await twoAccounts(cloud.kit, 'no')
  const id = await requestTransfer(next)
  expect(verdict(await answerTransfer(old, id, false))).toBe('200')
  expect(await questionOn(old)).toBeUndefined()
  expect(await citiesOf(old)).toEqual(['杭州'])
  expect(await transferState(next)).toMatchObject({ requested: { id, state: 'refused' }, mayRequest: false })
  expect(verdict(await next.account('requestTransfer'))).toBe('409 TRANSFER_REFUSED')
  expect(await actsOf(old)).toEqual(['transfer.refuse user done', 'transfer.request other done'])
  expect(await actsOf(next)).toEqual(['transfer.refuse other done', 'transfer.request user done'])
})

it('a question that is withdrawn is gone', async () => {
  const { old, next } = await twoAccounts(cloud.kit, 'withdrawn')
  const id = await requestTransfer(next)
  expect(await requestTransfer(next)).toBe(id)
  expect(verdict(await next.account('cancelTransfer'))).toBe('200')
  expect(verdict(await next.account('cancelTransfer'))).toBe('200')
  expect(await questionOn(old)).toBeUndefined()
  expect(await transferState(next)).toEqual({ mayRequest: true })
  expect(await actsOf(old)).toEqual(['transfer.cancel other done', 'transfer.request other done'])
})

it('an entry about what the other account did has neither its address nor its call', async () => {
  const { old, next } = await twoAccounts(cloud.kit, 'entries')
  await requestTransfer(next)
  const { records, omitted } = await old.export()
  expect(records.find(({ act }) => act === 'transfer.request')).toEqual({
    act: 'transfer.request',
    at: expect.any(String),
    by: 'otherAccount',
    outcome: 'done',
  })
  expect(JSON.stringify(records)).not.toContain(next.userId)
  expect(omitted.map(({ what }) => what)).toContain('找回账号申请中另一个账号的编号')
  const row = cloud.kit
    .documents('audit_logs')
    .find(({ userId, act }) => userId === old.userId && act === 'transfer.request')
  expect(row?.['from']).toEqual({ source: 'wx_client' })
})

it('of several accounts the one used last is asked, and the next one after a refusal', async () => {
  const number = newNumber()
  const first = await personWith(cloud.kit, 'oFirst-several', number)
  const second = await personWith(cloud.kit, 'oSecond-several', number)
  const next = await personWith(cloud.kit, 'oNext-several', number)
  const id = await requestTransfer(next)
  expect(await questionOn(first)).toBeUndefined()
  await answerTransfer(second, id, false)
  await requestTransfer(next)
  expect(await questionOn(first)).toBeDefined()
})
