import type { Question, QuestionCloud } from '../../core/question.ts'
import { asks, finds, stores } from '../forms.ts'

/** Longitude and latitude. */
const HERE = [100, 25] as const

function square({ db }: QuestionCloud, size: number): unknown {
  const [x, y] = HERE
  const corners = [
    [x - size, y - size],
    [x + size, y - size],
    [x + size, y + size],
    [x - size, y + size],
    [x - size, y - size],
  ].map(([longitude = 0, latitude = 0]) => db.Geo.Point(longitude, latitude))
  return db.Geo.Polygon([db.Geo.LineString(corners)])
}

const PLACES = [
  { _id: 'far', at: { type: 'Point', coordinates: [120, 30] } },
  { _id: 'here', at: { type: 'Point', coordinates: [100, 25] } },
  { _id: 'near', at: { type: 'Point', coordinates: [100.001, 25] } },
  { _id: 'nowhere' },
]

export const GEO_QUESTIONS: readonly Question[] = [
  stores('geo.point', ({ db }) => db.Geo.Point(...HERE)),
  stores('geo.line', ({ db }) => db.Geo.LineString([db.Geo.Point(0, 0), db.Geo.Point(1, 1)])),
  stores('geo.polygon', (cloud) => square(cloud, 1)),
  stores('geo.multi-point', ({ db }) => db.Geo.MultiPoint([db.Geo.Point(0, 0), db.Geo.Point(1, 1)])),
  stores('geo.point-as-plain-object', () => ({ type: 'Point', coordinates: [1, 2] })),
  stores('geo.point-out-of-range', () => ({ type: 'Point', coordinates: [500, 2] })),
  finds(
    'geo.near',
    PLACES,
    (_, { db }) => ({ at: _.geoNear({ geometry: db.Geo.Point(...HERE), maxDistance: 1000 }) }),
    ['database-geo-without-index'],
  ),
  asks('geo.near-order', PLACES, async (c) => {
    const found = await c.documents
      .where({ at: c._.geoNear({ geometry: c.db.Geo.Point(100.001, 25) }) })
      .get()
    return found.data.map(({ _id }) => _id)
  }),
  finds('geo.near-with-minimum', PLACES, (_, { db }) => ({
    at: _.geoNear({ geometry: db.Geo.Point(...HERE), minDistance: 50, maxDistance: 1000 }),
  })),
  finds('geo.within-polygon', PLACES, (_, cloud) => ({ at: _.geoWithin({ geometry: square(cloud, 0.5) }) })),
  finds('geo.within-circle', PLACES, (_) => ({ at: _.geoWithin({ centerSphere: [HERE, 1 / 6378.1] }) })),
  finds('geo.intersects', PLACES, (_, { db }) => ({
    at: _.geoIntersects({ geometry: db.Geo.Point(...HERE) }),
  })),
  asks(
    'geo.count-near',
    PLACES,
    async (c) =>
      (
        await c.documents
          .where({ at: c._.geoNear({ geometry: c.db.Geo.Point(...HERE), maxDistance: 1000 }) })
          .count()
      ).total,
  ),
  asks('geo.near-stage', PLACES, async (c) => {
    const pipeline = c.documents.aggregate().geoNear({
      near: c.db.Geo.Point(...HERE),
      spherical: true,
      distanceField: 'metres',
      key: 'at',
      maxDistance: 1000,
    })
    return (await pipeline.project({ metres: { $round: '$metres' } }).end()).list
  }),
]
