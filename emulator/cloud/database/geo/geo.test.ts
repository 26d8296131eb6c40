import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseServer, type Untyped } from '../testing/database-server.ts'

let server: DatabaseServer
let db: Untyped
let _: Untyped

beforeAll(async () => {
  server = await DatabaseServer.start()
  db = server.nodeSdk()
  _ = db.command
})
afterAll(() => server.close())
beforeEach(() => {
  server.database.clear()
  server.database.createCollection('places')
})

const point = (lng: number, lat: number) => new db.Geo.Point(lng, lat)
const ring = (first: [number, number], ...others: [number, number][]) =>
  new db.Geo.LineString([first, ...others, first].map(([lng, lat]) => point(lng, lat)))
const square = (half: number): [[number, number], ...[number, number][]] => [
  [-half, -half],
  [half, -half],
  [half, half],
  [-half, half],
]
const names = async (condition: object) =>
  (await db.collection('places').where({ at: condition }).get()).data.map(
    ({ name }: { name: string }) => name,
  )

async function given(places: Record<string, object>) {
  await db.collection('places').add(Object.entries(places).map(([name, at]) => ({ name, at })))
}

it('stores every kind of geometry', async () => {
  const { MultiLineString, MultiPoint, MultiPolygon, Polygon, LineString } = db.Geo
  const line = new LineString([point(0, 0), point(1, 1)])
  const polygon = new Polygon([ring(...square(2)), ring(...square(1))])
  const data = {
    point: point(-180, 20),
    line,
    polygon,
    points: new MultiPoint([point(0, 0), point(3, 3)]),
    lines: new MultiLineString([line, line]),
    polygons: new MultiPolygon([polygon]),
  }
  const { id } = await db.collection('places').add(data)
  expect((await db.collection('places').doc(id).get()).data).toEqual([{ _id: id, ...data }])
})

describe('near', () => {
  it('sorts by distance, between a least and a greatest one', async () => {
    await given({ far: point(2, 0), near: point(1, 0), here: point(0, 0), away: point(50, 0) })
    const geometry = point(0, 0)
    expect(await names(_.geoNear({ geometry }))).toEqual(['here', 'near', 'far', 'away'])
    expect(await names(_.geoNear({ geometry, minDistance: 100, maxDistance: 300_000 }))).toEqual([
      'near',
      'far',
    ])
    expect(await names(_.geoNear({ geometry, minDistance: 0, maxDistance: 1 }))).toEqual(['here'])
  })
})

describe('within', () => {
  it('an area, not its holes', async () => {
    await given({
      centre: point(0, 0),
      band: point(1.5, 0),
      corner: point(1.9, 1.9),
      outside: point(5, 0),
      antipode: point(180, 0),
    })
    expect(await names(_.geoWithin({ geometry: new db.Geo.Polygon([ring(...square(2))]) }))).toEqual([
      'centre',
      'band',
      'corner',
    ])
    const withHole = new db.Geo.Polygon([ring(...square(2)), ring(...square(1))])
    expect(await names(_.geoWithin({ geometry: withHole }))).toEqual(['band', 'corner'])
  })

  it('counts the whole of a line', async () => {
    const line = (...ends: [number, number][]) =>
      new db.Geo.LineString(ends.map(([lng, lat]) => point(lng, lat)))
    await given({ inside: line([0, 0], [1, 1]), leaving: line([0, 0], [5, 5]) })
    expect(await names(_.geoWithin({ geometry: new db.Geo.Polygon([ring(...square(2))]) }))).toEqual([
      'inside',
    ])
  })

  it('a circle', async () => {
    await given({ centre: point(0, 0), near: point(1, 0), far: point(3, 0) })
    const degree = Math.PI / 180
    expect(await names(_.geoWithin({ centerSphere: [[0, 0], 2 * degree] }))).toEqual(['centre', 'near'])
    expect(await names(_.geoWithin({ centerSphere: [point(3, 0), degree] }))).toEqual(['far'])
  })
})

describe('intersects', () => {
  it('lines that cross, areas that hold or overlap, points that are the same', async () => {
    const line = new db.Geo.LineString([point(-5, 0), point(5, 0)])
    await given({
      crossing: new db.Geo.LineString([point(0, -5), point(0, 5)]),
      parallel: new db.Geo.LineString([point(-5, 8), point(5, 8)]),
      area: new db.Geo.Polygon([ring(...square(2))]),
      on: point(1, 0),
      off: point(1, 1),
    })
    expect(await names(_.geoIntersects({ geometry: line }))).toEqual(['crossing', 'area', 'on'])
    expect(await names(_.geoIntersects({ geometry: point(1, 1) }))).toEqual(['area', 'off'])
  })
})

describe('$geoNear', () => {
  const places = [
    { _id: 'tower', city: 'Guangzhou', location: { type: 'Point', coordinates: [113.30593, 23.1361155] } },
    { _id: 'mountain', city: 'Hangzhou', location: { type: 'Point', coordinates: [113.306789, 23.1564721] } },
    { _id: 'palace', city: 'Beijing', location: { type: 'Point', coordinates: [116.3949659, 39.9163447] } },
  ]
  const run = async (options: object) =>
    (
      await db
        .collection('places')
        .aggregate()
        .geoNear({ near: point(113.3089506, 23.0968251), distanceField: 'd', spherical: true, ...options })
        .end()
    ).data

  beforeEach(() => db.collection('places').add(places))

  it('measures to the last digit as the service does', async () => {
    const [mountain] = await run({ query: { city: /^Hang/ }, key: 'location', includeLocs: 'loc' })
    expect(mountain).toEqual({ ...places[1], d: 6643.521654040738, loc: places[1]?.location })
  })

  it('sorts, limits and multiplies distances, and finds the field itself', async () => {
    const found = await run({ maxDistance: 10_000, minDistance: 5000, distanceMultiplier: 0.001 })
    expect(found.map(({ _id, d }: { _id: string; d: number }) => [_id, Math.round(d * 10) / 10])).toEqual([
      ['mountain', 6.6],
    ])
    expect((await run({})).map(({ _id }: { _id: string }) => _id)).toEqual(['tower', 'mountain', 'palace'])
  })

  it('is only valid as the first stage', async () => {
    const call = db
      .collection('places')
      .aggregate()
      .limit(1)
      .geoNear({ near: point(0, 0), distanceField: 'd' })
      .end()
    await expect(call).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  })
})

it('refuses what is no geometry', async () => {
  const raw = (query: object) => db.collection('places').options({ raw: true }).where(query).get()
  for (const condition of [
    { $geoWithin: { $geometry: { type: 'Polygon', coordinates: [] } } },
    { $geoIntersects: { $geometry: 5 } },
    { $nearSphere: { $geometry: { type: 'Point', coordinates: [500, 0] } } },
    { $geoWithin: { $centerSphere: [[0, 0], -1] } },
  ]) {
    await expect(raw({ at: condition })).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  }
})
