import { invalidParameter } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import type { PipelineStage } from '../aggregate/pipeline.ts'
import { CommandBody } from '../commands/command-body.ts'
import { type Document, isDocument } from '../values/document.ts'
import type { Moment } from '../values/ejson.ts'

/** In a query and in data, the text that stands for the caller's openid. */
const OPENID_TEXT = '{openid}'

/**
 * A request of a mini-program: what it may not write is refused, `_openid` is added to what it creates, and a
 * restriction can be put on what it finds.
 */
export class ClientBody extends CommandBody {
  readonly openid: string
  #restriction: Document = {}
  #replacement: Document | undefined

  constructor(fields: Document, moment: Moment, openid: string) {
    super(fields, moment)
    this.openid = openid
  }

  /** From now on the query finds only what meets this, too. */
  restrictTo(restriction: Document): void {
    this.#restriction = restriction
  }

  /** The document that `set` writes. */
  replaceBy(document: Document): void {
    this.#replacement = document
  }

  get isReplacement(): boolean {
    return !this.flag('merge')
  }

  override flag(name: 'multi' | 'merge' | 'upsert'): boolean {
    // Only `set` creates what is not there.
    return super.flag(name) && !(name === 'upsert' && super.flag('merge'))
  }

  override query(): Document | undefined {
    const asked = this.askedQuery() ?? {}
    const fields = Object.keys(this.#restriction)
    const isFree = fields.every((field) => !Object.hasOwn(asked, field))
    return isFree ? { ...asked, ...this.#restriction } : { $and: [asked, this.#restriction] }
  }

  /** The query without the restriction. A read without `where()` asks for everything. */
  askedQuery(): Document | undefined {
    const query = super.query()
    return query && withOpenid(query, this.openid)
  }

  override limit(): number {
    const { clientLimit } = LIMITS.database
    const limit = super.limit()
    return this.hasLimit() ? Math.min(limit, clientLimit) : clientLimit
  }

  override data(): Document {
    if (this.#replacement) return this.#replacement
    const data = withOpenid(super.data(), this.openid)
    for (const part of this.isReplacement ? [data] : Object.values(data)) refuseReserved(part)
    const renamed = isDocument(data['$rename']) ? Object.values(data['$rename']) : []
    if (!this.isReplacement && renamed.some(isReserved)) throw reserved()
    return data
  }

  override documents(): Document[] {
    return super.documents().map((document) => {
      if (Object.hasOwn(document, '_openid')) throw reserved()
      return { ...withOpenid(document, this.openid), _openid: this.openid }
    })
  }

  override stages(): PipelineStage[] {
    const stages = super.stages().map((stage) => withOpenidInStage(stage, this.openid))
    if (Object.keys(this.#restriction).length === 0) return stages
    const [first, ...rest] = stages
    // A search by distance has to come first, and takes a query of its own.
    if (first?.name === '$geoNear' && isDocument(first.value)) {
      const query = {
        $and: [isDocument(first.value['query']) ? first.value['query'] : {}, this.#restriction],
      }
      return [{ ...first, value: { ...first.value, query } }, ...rest]
    }
    return [{ name: '$match', value: this.#restriction }, ...stages]
  }
}

/** `'{openid}'` where a field is to be equal to it, as WeChat replaces it; not inside commands such as `_.in`. */
function withOpenid(query: Document, openid: string): Document {
  const replaced = Object.entries(query).map(([field, value]) => [field, replace(field, value, openid)])
  return Object.fromEntries(replaced)
}

function replace(field: string, value: unknown, openid: string): unknown {
  if (value === OPENID_TEXT) return openid
  if (Array.isArray(value)) {
    return ['$and', '$or', '$nor'].includes(field)
      ? value.map((part) => (isDocument(part) ? withOpenid(part, openid) : part))
      : value
  }
  if (!isDocument(value)) return value
  const isOperators = !field.startsWith('$') && Object.keys(value)[0]?.startsWith('$')
  return isOperators ? value : withOpenid(value, openid)
}

function withOpenidInStage(stage: PipelineStage, openid: string): PipelineStage {
  if (stage.name !== '$match' || !isDocument(stage.value)) return stage
  return { ...stage, value: withOpenid(stage.value, openid) }
}

function refuseReserved(fields: unknown): void {
  if (isDocument(fields) && Object.keys(fields).some(isReserved)) throw reserved()
}

function isReserved(field: unknown): boolean {
  return field === '_openid' || String(field).startsWith('_openid.')
}

/** As the platform words it (-501007). */
const reserved = () => invalidParameter('Invalid Key Name: _openid')
