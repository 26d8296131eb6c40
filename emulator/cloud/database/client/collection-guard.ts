import type { Permission } from '../../../control/collection.ts'
import { type CollectionOperation, parseCollectionRules } from '../../rules/collection-rules.ts'
import type { Environment } from '../../rules/evaluate.ts'
import { UnknownValue } from '../../rules/unknown-value.ts'
import type { Collection } from '../storage/collection-catalog.ts'
import type { Document } from '../values/document.ts'
import { permissionDenied } from './permission-denied.ts'
import { conditionsOf } from './query-conditions.ts'

export type QueryOperation = Exclude<CollectionOperation, 'create'>

/** What a collection's permission says to one person's requests. Every method throws -502003 for a refusal. */
export interface CollectionGuard {
  /** @returns a query that what is found, changed or removed has to meet, too */
  requireQuery(operation: QueryOperation, query: Document, data?: Document): Document
  /** @param document with its `_openid` */
  requireCreation(document: Document): void
}

export interface Request {
  openid: string
  /** Milliseconds since 1970 by the cloud's clock. */
  now: number
  /** For `get(…)` in rules. */
  get: (path: string) => unknown
  test: Environment['test']
}

export function guardOf(collection: Collection, request: Request): CollectionGuard {
  const { permission } = collection
  return permission === 'CUSTOM' ? new RulesGuard(collection, request) : new LevelGuard(collection, request)
}

const LEVELS: Readonly<Record<Exclude<Permission, 'CUSTOM'>, string>> = {
  READONLY: '所有用户可读，仅创建者可写',
  PRIVATE: '仅创建者可读写',
  ADMINWRITE: '所有用户可读，仅管理员可写',
  ADMINONLY: '仅管理员可读写',
}

/**
 * One of the four levels. Where only the creator may do something, the platform adds `_openid` to the query, so that
 * other documents are not found (WeChat: 数据库安全规则, 与基础权限配置的对比).
 */
class LevelGuard implements CollectionGuard {
  readonly #name: string
  readonly #level: keyof typeof LEVELS
  readonly #own: Document

  constructor({ name, permission }: Collection, { openid }: Request) {
    this.#name = name
    this.#level = permission === 'CUSTOM' ? 'ADMINONLY' : permission
    this.#own = { _openid: openid }
  }

  requireQuery(operation: QueryOperation): Document {
    const isRead = operation === 'read'
    if (this.#level === 'ADMINONLY' || (!isRead && this.#level === 'ADMINWRITE')) throw this.#denied()
    return isRead && this.#level !== 'PRIVATE' ? {} : this.#own
  }

  requireCreation(): void {
    if (this.#level === 'ADMINONLY' || this.#level === 'ADMINWRITE') throw this.#denied()
  }

  #denied() {
    return permissionDenied(`集合 ${this.#name} 的权限是「${LEVELS[this.#level]}」${this.#level}`)
  }
}

/**
 * Security rules. A query is held against the rule before anything is read: whatever it can find has to be allowed.
 * A new document is held against the rule itself.
 */
class RulesGuard implements CollectionGuard {
  readonly #collection: Collection
  readonly #request: Request

  constructor(collection: Collection, request: Request) {
    this.#collection = collection
    this.#request = request
  }

  requireQuery(operation: QueryOperation, query: Document, data?: Document): Document {
    const rule = this.#rule(operation)
    for (const conditions of conditionsOf(query)) {
      const verdict = rule.judge(this.#environment(new UnknownValue(conditions), data))
      if (verdict === 'allowed') continue
      const hint = verdict === 'unsettled' ? '；查询条件必须是规则的子集，doc 的字段要出现在 where 里' : ''
      throw this.#denied(operation, rule.source, hint)
    }
    return {}
  }

  requireCreation(document: Document): void {
    const rule = this.#rule('create')
    if (rule.judge(this.#environment(document, document)) !== 'allowed') {
      throw this.#denied('create', rule.source)
    }
  }

  #rule(operation: CollectionOperation) {
    const { name, rules } = this.#collection
    if (rules === undefined) throw permissionDenied(`集合 ${name} 的自定义安全规则还没有写`)
    return parseCollectionRules(rules)[operation]
  }

  #environment(doc: unknown, data: Document | undefined): Environment {
    const { openid, now, get, test } = this.#request
    const request = data === undefined ? {} : { data }
    return { variables: { auth: { openid }, doc, now, request }, get, test }
  }

  #denied(operation: CollectionOperation, source: string, hint = '') {
    return permissionDenied(`集合 ${this.#collection.name} 的安全规则 ${operation}: ${source}${hint}`)
  }
}
