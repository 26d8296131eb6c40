import { invalidParameter } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import type { PipelineStage } from '../aggregate/pipeline.ts'
import { requestBehaviours } from '../request.ts'
import { type Document, isDocument } from '../values/document.ts'
import { decodeEjson, type Moment, parseEjson } from '../values/ejson.ts'

/**
 * Reads the fields of a request's body, none of which can be trusted.
 * Every method throws INVALID_PARAM or DATABASE_REQUEST_FAILED when its field does not make sense.
 */
export class CommandBody {
  readonly #fields: Document
  readonly #moment: Moment

  constructor(fields: Document, moment: Moment) {
    this.#fields = fields
    this.#moment = moment
  }

  collectionName(): string {
    const name = this.#field('collectionName')
    if (typeof name !== 'string' || name === '') throw invalidParameter('collectionName must be a string')
    return name
  }

  transactionId(): string | undefined {
    const id = this.#field('transactionId')
    if (id === undefined || id === null || id === '') return undefined
    if (typeof id !== 'string') throw invalidParameter('transactionId must be a string')
    return id
  }

  flag(name: 'multi' | 'merge' | 'upsert'): boolean {
    return this.#field(name) === true
  }

  /** Without a query (or with the SDK's empty one) undefined: the request is about the whole collection. */
  query(): Document | undefined {
    return this.#document('query')
  }

  order(): Document | undefined {
    return this.#document('order')
  }

  projection(): Document | undefined {
    return this.#document('projection')
  }

  /** The document or the operators of an update. */
  data(): Document {
    const data = this.#document('data')
    if (!data) throw invalidParameter('data must not be empty')
    return data
  }

  /** The documents to insert. */
  documents(): Document[] {
    const data = this.#field('data')
    const list = Array.isArray(data) ? data : [data]
    if (list.length === 0) throw invalidParameter('data must not be empty')
    return list.map((item) => {
      const document = this.#decode(item)
      if (!isDocument(document)) throw invalidParameter('a document must be an object')
      return document
    })
  }

  /** The SDK caps it itself; other clients may ask for more than the service gives. */
  limit(): number {
    return Math.min(this.wantedLimit() || LIMITS.database.defaultLimit, requestBehaviours().readLimit)
  }

  hasLimit(): boolean {
    return this.wantedLimit() > 0
  }

  /** As it was asked for; 0 without a limit. */
  wantedLimit(): number {
    return this.#count('limit')
  }

  offset(): number {
    return this.#count('offset')
  }

  /** Objects among the stages' values are EJSON, the others plain JSON, all of them as texts. */
  stages(): PipelineStage[] {
    const stages = this.#field('stages')
    if (!Array.isArray(stages)) throw invalidParameter('stages must be an array')
    return stages.map((stage: unknown) => {
      const name = isDocument(stage) ? stage['stageKey'] : undefined
      if (!isDocument(stage) || typeof name !== 'string') throw invalidParameter('a stage needs a stageKey')
      return { name, value: this.#decode(stage['stageValue']) }
    })
  }

  #document(name: string): Document | undefined {
    const value = this.#field(name)
    if (value === undefined || value === null || value === '') return undefined
    const document = this.#decode(value)
    if (!isDocument(document)) throw invalidParameter(`${name} must be an object`)
    return document
  }

  #decode(value: unknown): unknown {
    return typeof value === 'string' ? parseEjson(value, this.#moment) : decodeEjson(value, this.#moment)
  }

  #count(name: string): number {
    const value = this.#field(name) ?? 0
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
      throw invalidParameter(`${name} must be a whole number`)
    }
    return value
  }

  #field(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined
  }
}
