import { databaseCall } from './call.ts'
import type { DatabaseConnection } from './connection.ts'
import { encodeProjection } from './encode-projection.ts'
import { encodeDocument, encodeUpdate } from './encode-update.ts'
import { CODES, DatabaseFailure } from './failure.ts'
import { decodeDocument, type Fields } from './values.ts'
import { watch } from './watch.ts'

/** One document: `db.collection(name).doc(id)`. */
export class DocumentReference {
  readonly #connection: DatabaseConnection
  readonly #collectionName: string
  readonly #id: unknown
  readonly #projection: Fields | undefined

  constructor(connection: DatabaseConnection, collectionName: string, id: unknown, projection?: Fields) {
    this.#connection = connection
    this.#collectionName = collectionName
    this.#id = id
    this.#projection = projection
  }

  field(fields: unknown): DocumentReference {
    return new DocumentReference(this.#connection, this.#collectionName, this.#id, encodeProjection(fields))
  }

  get(options?: unknown): Promise<object> | undefined {
    return databaseCall('document.get', options, async () => {
      const projection = this.#projection
      const { list } = await this.#connection.send('getDocument', {
        ...this.#request(),
        ...(projection ? { projection } : {}),
      })
      const [text] = list as unknown[]
      if (text === undefined) throw notFound(this.#id)
      return { data: decodeDocument(text) }
    })
  }

  update(options?: unknown): Promise<object> | undefined {
    return databaseCall('document.update', options, async (given) => {
      const data = encodeUpdate(given.value('data'))
      const { updated } = await this.#connection.send('modifyDocument', {
        ...this.#request(),
        data,
        merge: true,
      })
      return { stats: { updated } }
    })
  }

  set(options?: unknown): Promise<object> | undefined {
    return databaseCall('document.set', options, async (given) => {
      const data = encodeDocument(given.value('data'), false)
      const answer = await this.#connection.send('modifyDocument', {
        ...this.#request(),
        data,
        merge: false,
        upsert: true,
      })
      const created = answer['upsert_id'] === undefined ? 0 : 1
      return { _id: this.#id, stats: { created, updated: answer['updated'] } }
    })
  }

  remove(options?: unknown): Promise<object> | undefined {
    return databaseCall('document.remove', options, async () => {
      const { deleted } = await this.#connection.send('removeDocument', this.#request())
      return { stats: { removed: deleted } }
    })
  }

  watch(listener?: unknown): object {
    return watch(this.#connection, this.#request(), listener)
  }

  /** @throws DatabaseFailure for an id that is none */
  #request(): Fields {
    const id = this.#id
    if (typeof id !== 'number' && (typeof id !== 'string' || id === '')) {
      const type = id === '' ? 'an empty string' : id === null ? 'null' : typeof id
      throw new DatabaseFailure(
        CODES.badType,
        `parameter error: doc 的 id 应当是字符串或数字 · parameter.docId should be string or number instead of ${type};`,
      )
    }
    return { collectionName: this.#collectionName, query: { _id: id }, queryType: 'DOC', multi: false }
  }
}

/** Reported from phones; a document that the permission hides is not found either. */
function notFound(id: unknown): DatabaseFailure {
  return new DatabaseFailure(
    CODES.general,
    `document.get:fail cannot find document with _id ${String(id)}, please make sure that the document exists and you have the corresponding access permission`,
  )
}
