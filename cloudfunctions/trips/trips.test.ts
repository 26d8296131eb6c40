import { beforeEach, describe, expect, it } from 'vitest'
import type { ListTripsData, SaveTripData } from '../../contract/app/trips.ts'
import { type CloudKit, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { useCloud } from '../../test/support/use-cloud.ts'

let kit: CloudKit
let openid: string
let token: string
const cloud = useCloud()
beforeEach(async () => {
  ;({ kit, openid } = cloud.newUser())
  token = (await kit.loginWithCode(openid)).token
})

const trip = { action: 'save', city: '杭州', days: 3 }
const save = (fields: object = {}, person = openid) =>
  kit.call<SaveTripData>('trips', person, { token, ...trip, key: 'first-trip', ...fields })
const list = (fields: object = {}, person = openid) =>
  kit.call<ListTripsData>('trips', person, { token, action: 'list', ...fields })

describe('saved trips', () => {
  it('are listed, newest first', async () => {
    await save({ key: 'trip-0001' })
    await kit.control.post('clock', { advanceSeconds: 1 })
    const { trip: second } = succeeded(await save({ key: 'trip-0002', city: '  成都 ', days: 5 }))
    expect(second).toMatchObject({ city: '成都', days: 5, createdAt: expect.any(Number) })
    const { trips, nextCursor } = succeeded(await list())
    expect(trips.map(({ city }) => city)).toEqual(['成都', '杭州'])
    expect(nextCursor).toBeUndefined()
  })

  it('are saved once for one key, also by repeated and concurrent calls', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => save()))
    expect(new Set(answers.map((answer) => JSON.stringify(succeeded(answer)))).size).toBe(1)
    expect(succeeded(await list()).trips).toHaveLength(1)
  })

  it('are separate for each user, even with the same key', async () => {
    await save()
    const other = await kit.loginWithCode('oNeighbour')
    const ofNeighbour = await kit.call<ListTripsData>('trips', 'oNeighbour', {
      token: other.token,
      action: 'list',
    })
    expect(succeeded(ofNeighbour).trips).toEqual([])
    const request = { token: other.token, ...trip, key: 'first-trip', city: '苏州' }
    const saved = succeeded(await kit.call<SaveTripData>('trips', 'oNeighbour', request)).trip
    expect(saved.city).toBe('苏州')
    expect(succeeded(await list()).trips.map(({ city }) => city)).toEqual(['杭州'])
  })

  it('are listed page by page, each once, even if all were saved in the same millisecond', async () => {
    const createdAt = new Date(kit.cloud.clock.now())
    const { _id: userId } = kit.users().find((user) => user['openid'] === openid) ?? {}
    for (let number = 0; number < 45; number++) {
      const document = { _id: `${userId}.key-${number}`, userId, city: `城市${number}`, days: 1, createdAt }
      kit.cloud.database.putDocument('trips', document)
    }
    const seen: string[] = []
    let cursor: string | undefined
    const sizes: number[] = []
    do {
      const page = succeeded(await list(cursor === undefined ? {} : { cursor }))
      seen.push(...page.trips.map(({ city }) => city))
      sizes.push(page.trips.length)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(sizes).toEqual([20, 20, 5])
    expect(new Set(seen).size).toBe(45)
  })

  it('are removed by their owner only, who may repeat the removal', async () => {
    const { trip: saved } = succeeded(await save())
    const neighbour = await kit.loginWithCode('oNeighbour')
    const ofNeighbour = { token: neighbour.token, action: 'remove', id: saved.id }
    expect(verdict(await kit.call('trips', 'oNeighbour', ofNeighbour))).toBe('200')
    expect(succeeded(await list()).trips).toHaveLength(1)
    for (let time = 0; time < 2; time++) {
      expect(verdict(await kit.call('trips', openid, { token, action: 'remove', id: saved.id }))).toBe('200')
      expect(succeeded(await list()).trips).toEqual([])
    }
  })

  it.each([{ $ne: '' }, { $gt: '' }, { $in: ['x'] }, null, 7, ['x']])(
    'are not removed by the id %j',
    async (id) => {
      succeeded(await save())
      expect(verdict(await kit.call('trips', openid, { token, action: 'remove', id }))).toBe(
        '400 BAD_REQUEST',
      )
      expect(succeeded(await list()).trips).toHaveLength(1)
    },
  )

  it('are limited to 200; saving an existing one again succeeds', async () => {
    const { _id: userId } = kit.users().find((user) => user['openid'] === openid) ?? {}
    const createdAt = new Date(kit.cloud.clock.now())
    for (let number = 0; number < 200; number++) {
      const document = { _id: `${userId}.key-${number}-long`, userId, city: '杭州', days: 1, createdAt }
      kit.cloud.database.putDocument('trips', document)
    }
    expect(verdict(await save({ key: 'one-too-many' }))).toBe('409 LIMIT_REACHED')
    expect(verdict(await save({ key: 'key-199-long' }))).toBe('200')
    const id = `${userId}.key-0-long`
    expect(verdict(await kit.call('trips', openid, { token, action: 'remove', id }))).toBe('200')
    expect(verdict(await save({ key: 'one-too-many' }))).toBe('200')
  })

  it('are listed in one sequential round trip, saved and removed in two', async () => {
    expect(await kit.sequentialRoundTrips(() => list())).toBe(1)
    expect(await kit.sequentialRoundTrips(() => save())).toBe(2)
    const remove = () => kit.call('trips', openid, { token, action: 'remove', id: 'x' })
    expect(await kit.sequentialRoundTrips(remove)).toBe(2)
  })

  it('are not listed for an ended session, though the query runs in parallel with the guard', async () => {
    await save()
    await kit.call('logout', openid, { token })
    const answer = await list()
    expect(verdict(answer)).toBe('403 SESSION_REVOKED')
    expect(JSON.stringify(answer)).not.toContain('杭州')
  })

  it('are neither listed nor queried for a missing or foreign token', async () => {
    expect(verdict(await save({ token: undefined }))).toBe('401 TOKEN_MISSING')
    expect(verdict(await list({}, 'oThief'))).toBe('403 TOKEN_FOREIGN')
    expect((await kit.lastCall()).roundTrips).toEqual([])
  })

  it.each([
    ['action', { action: 'steal' }, 'action'],
    ['key', { key: 'short' }, 'key'],
    ['key with a dot', { key: '../../../x' }, 'key'],
    ['city', { city: '' }, 'city'],
    ['blank city', { city: '   ' }, 'city'],
    ['invisible city', { city: '\u3164' }, 'city'],
    ['long city', { city: '长'.repeat(41) }, 'city'],
    ['city as a query', { city: { $ne: '' } }, 'city'],
    ['days', { days: 0 }, 'days'],
    ['number of days', { days: 31 }, 'days'],
    ['half days', { days: 1.5 }, 'days'],
    ['days in text', { days: '3' }, 'days'],
  ])('an invalid %s is named and rejected', async (_name, fields, field) => {
    const answer = await save(fields)
    expect(verdict(answer)).toBe('400 BAD_REQUEST')
    expect(answer.message).toBe(`请求参数有误：${field}`)
  })

  it.each(['x', '1.', '99999999999999999999.a', '1.a b', '{"$gt":""}'])(
    'the cursor %s is refused',
    async (cursor) => {
      expect(verdict(await list({ cursor }))).toBe('400 BAD_REQUEST')
    },
  )
})
