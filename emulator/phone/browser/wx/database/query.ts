import { databaseCall } from './call.ts'
import type { DatabaseConnection } from './connection.ts'
import { encodeProjection } from './encode-projection.ts'
import { encodeQuery, hasOpenidInCommand } from './encode-query.ts'
import { encodeUpdate } from './encode-update.ts'
import { CODES, DatabaseFailure } from './failure.ts'
import { decodeDocument, type Fields } from './values.ts'
import { watch } from './watch.ts'

/** The most that one `get` gives a mini-program. */
const MAXIMUM_LIMIT = 20

/** What `where`, `orderBy`, `skip`, `limit` and `field` have said so far. */
interface Parts {
  /** Encoded when the request is sent, so that a mistake is a failure of the request. */
  condition?: unknown
  order?: Record<string, 1 | -1>
  offset?: number
  limit?: number
  projection?: Fields
}

/** Documents of a collection that meet a condition. Each method gives a new query and leaves this one as it is. */
export class Query {
  protected readonly connection: DatabaseConnection
  protected readonly collectionName: string
  readonly #parts: Parts

  constructor(connection: DatabaseConnection, collectionName: string, parts: Parts = {}) {
    this.connection = connection
    this.collectionName = collectionName
    this.#parts = parts
  }

  where(condition: unknown): Query {
    // `where(undefined)` is a mistake, not a query for everything.
    return this.#with({ condition: condition ?? null })
  }

  orderBy(field: unknown, direction?: unknown): Query {
    if (direction !== 'asc' && direction !== 'desc') {
      throw new DatabaseFailure(CODES.badParameter, 'orderBy:fail 排序字符不合法，应当是 asc 或 desc')
    }
    return this.#with({ order: { ...this.#parts.order, [String(field)]: direction === 'asc' ? 1 : -1 } })
  }

  skip(offset: unknown): Query {
    return this.#with({ offset: countOf('skip', offset) })
  }

  /** At most {@link MAXIMUM_LIMIT} documents come back, but all of them to a watch. */
  limit(limit: unknown): Query {
    return this.#with({ limit: countOf('limit', limit) })
  }

  field(fields: unknown): Query {
    return this.#with({ projection: encodeProjection(fields) })
  }

  get(options?: unknown): Promise<object> | undefined {
    return databaseCall('collection.get', options, async () => {
      const { offset, limit, projection, order } = this.#parts
      if (limit !== undefined && limit > MAXIMUM_LIMIT) {
        this.connection.note(`limit(${limit})：小程序端一次最多返回 ${MAXIMUM_LIMIT} 条，分页用 skip`)
      }
      const { list } = await this.connection.send('getDocument', {
        ...this.#request(),
        ...(order ? { order } : {}),
        ...(offset === undefined ? {} : { offset }),
        ...(limit === undefined ? {} : { limit }),
        ...(projection ? { projection } : {}),
      })
      return { data: (list as unknown[]).map((text) => decodeDocument(text)) }
    })
  }

  count(options?: unknown): Promise<object> | undefined {
    return databaseCall('collection.count', options, async () => {
      const { total } = await this.connection.send('calculateDocument', this.#request())
      return { total }
    })
  }

  update(options?: unknown): Promise<object> | undefined {
    return databaseCall('collection.update', options, async (given) => {
      const data = encodeUpdate(given.value('data'))
      const request = { ...this.#request(), data, merge: true, multi: true }
      const { updated } = await this.connection.send('modifyDocument', request)
      return { stats: { updated } }
    })
  }

  remove(options?: unknown): Promise<object> | undefined {
    return databaseCall('collection.remove', options, async () => {
      const { deleted } = await this.connection.send('removeDocument', { ...this.#request(), multi: true })
      return { stats: { removed: deleted } }
    })
  }

  watch(listener?: unknown): object {
    const { order, limit } = this.#parts
    const request = {
      ...this.#request(),
      ...(order ? { order } : {}),
      ...(limit === undefined ? {} : { limit }),
    }
    return watch(this.connection, request, listener)
  }

  #request(): Fields {
    const { collectionName } = this
    const { condition } = this.#parts
    if (condition === undefined) return { collectionName, queryType: 'WHERE' }
    const query = encodeQuery(condition)
    if (hasOpenidInCommand(query)) {
      this.connection.note("'{openid}' 只在相等条件里换成用户的 openid，在 _.eq、_.in 等指令里不换")
    }
    return { collectionName, queryType: 'WHERE', query }
  }

  #with(more: Parts): Query {
    return new Query(this.connection, this.collectionName, { ...this.#parts, ...more })
  }
}

function countOf(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  throw new DatabaseFailure(CODES.badType, `${name}:fail parameter should be a whole number from 0 on`)
}
