import { beforeEach, describe, expect, it } from 'vitest'
import type { ListFavouritesData, SaveFavouritesData } from '../../contract/app/favourites.ts'
import { newPad } from '../../test/support/export-pad.ts'
import { type LoggedIn, loggedIn } from '../../test/support/logged-in.ts'
import { useProject } from '../../test/support/use-project.ts'

const app = useProject()
let alice: LoggedIn
beforeEach(async () => {
  alice = await loggedIn(app.project.cloud, 'oAlice')
})

const save = (fields: object = {}) =>
  alice.call<SaveFavouritesData>('favourites', { action: 'save', key: 'document-1', city: 'a', ...fields })
const remove = (person: LoggedIn, id: string) => person.call('favourites', { action: 'remove', id })
const cities = async (person: LoggedIn) =>
  (await person.call<ListFavouritesData>('favourites', { action: 'list' })).items.map(({ city }) => city)

describe('favourites', () => {
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
    expect(exported).toMatchObject({ collections: { favourites: [{ city: 'a' }] } })
    await alice.call('account', { action: 'close', confirmed: true })
    expect(await app.project.cloud.collection('favourites').documents()).toEqual([])
  })

  it.each([{ key: 'short' }, { city: ' ' }, { city: '长'.repeat(41) }, { city: { $ne: '' } }])(
    'are not saved with %j',
    async (fields) => {
      await expect(save(fields)).rejects.toThrow('400 BAD_REQUEST')
    },
  )

  it('are neither saved nor listed without a token', async () => {
    await expect(save({ token: undefined })).rejects.toThrow('401 TOKEN_MISSING')
    await expect(alice.call('favourites', { action: 'list', token: undefined })).rejects.toThrow(
      '401 TOKEN_MISSING',
    )
  })
})
