import { beforeEach, describe, expect, it } from 'vitest'
import type { ListHistoryData, SaveHistoryData } from '../../contract/app/history.ts'
import { newPad } from '../../test/support/export-pad.ts'
import { type LoggedIn, loggedIn } from '../../test/support/logged-in.ts'
import { useProject } from '../../test/support/use-project.ts'

const app = useProject()
let alice: LoggedIn
beforeEach(async () => {
  alice = await loggedIn(app.project.cloud, 'oAlice')
})

const save = (fields: object = {}) =>
  alice.call<SaveHistoryData>('history', { action: 'save', key: 'document-1', city: 'a', ...fields })
const remove = (person: LoggedIn, id: string) => person.call('history', { action: 'remove', id })
const cities = async (person: LoggedIn) =>
  (await person.call<ListHistoryData>('history', { action: 'list' })).items.map(({ city }) => city)

describe('history', () => {
  it('are listed to their owner, newest first, each saved once for one key', async () => {
    await save()
    await save()
    await app.project.clock.advance('1 s')
    await save({ key: 'document-2', city: ' b ' })
    expect(await cities(alice)).toEqual(['b', 'a'])
    expect(await cities(await loggedIn(app.project.cloud, 'oBob'))).toEqual([])
  })

  it('are removed by their owner only, who may repeat the removal', async () => {
    const { id } = (await save()).item
    await remove(await loggedIn(app.project.cloud, 'oBob'), id)
    expect(await cities(alice)).toEqual(['a'])
    for (let time = 0; time < 2; time++) {
      await remove(alice, id)
      expect(await cities(alice)).toEqual([])
    }
  })

  it('are in the copy of the user’s data, and are deleted with the account', async () => {
    await save()
    const exported = await alice.call('account', { action: 'export', pad: newPad() })
    expect(exported).toMatchObject({ collections: { history: [{ city: 'a' }] } })
    await alice.call('account', { action: 'close', confirmed: true })
    expect(await app.project.cloud.collection('history').documents()).toEqual([])
  })

  it('are cleared at once, for their owner only', async () => {
    await save()
    const bob = await loggedIn(app.project.cloud, 'oBob')
    await bob.call('history', { action: 'clear' })
    expect(await cities(alice)).toEqual(['a'])
    await alice.call('history', { action: 'clear' })
    expect(await cities(alice)).toEqual([])
  })

  it('lose the older half when there are 200, so that a new one is saved', async () => {
    const { cloud, clock } = app.project
    const history = cloud.collection('history')
    const [user] = await cloud.collection('users').documents({ openid: alice.openid })
    const userId = user?.['_id']
    const now = clock.now().getTime()
    const full = Array.from({ length: 200 }, (_, number) => ({
      _id: `${userId}.key-${number}`,
      userId,
      city: `城${number}`,
      createdAt: new Date(now - 1000 * (200 - number)),
    }))
    const foreign = {
      _id: 'u_other.key',
      userId: 'u_other',
      city: '乙',
      createdAt: new Date(now - 1000 * 1000),
    }
    await history.put(...full, foreign)
    await save()
    expect(await history.documents({ userId: 'u_other' })).toEqual([foreign])
    const left = await history.documents({ userId })
    expect(left).toHaveLength(101)
    expect(left.some(({ city }) => city === '城99')).toBe(false)
    expect(left.some(({ city }) => city === '城100')).toBe(true)
    expect((await cities(alice))[0]).toBe('a')
  })

  it.each([{ key: 'short' }, { city: ' ' }, { city: '长'.repeat(41) }, { city: { $ne: '' } }])(
    'are not saved with %j',
    async (fields) => {
      await expect(save(fields)).rejects.toThrow('400 BAD_REQUEST')
    },
  )

  it('are neither saved nor listed without a token', async () => {
    await expect(save({ token: undefined })).rejects.toThrow('401 TOKEN_MISSING')
    await expect(alice.call('history', { action: 'list', token: undefined })).rejects.toThrow(
      '401 TOKEN_MISSING',
    )
  })
})
