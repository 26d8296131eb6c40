import { createHash } from 'node:crypto'
import { EJSON, serialize } from 'bson'
import type { WechatUser } from '../../control/interface.ts'
import type { Document } from '../database/values/document.ts'

/** Differs for documents that differ in any value, type or order of fields. */
export function digestOf(document: Document): string {
  return createHash('sha256').update(serialize(document)).digest('base64')
}

/** Without the time of the last use, which a phone that only shows the account renews. */
export function digestOfUser({ activeAt: _, ...user }: WechatUser): string {
  return createHash('sha256').update(JSON.stringify(user)).digest('base64')
}

/** An `_id` of any type as text. */
export function idText(id: unknown): string {
  return EJSON.stringify({ id })
}

export function idOf(text: string): unknown {
  return (EJSON.parse(text) as { id: unknown }).id
}
