import * as v from 'valibot'
import type { BodySchema } from './route.ts'

export const permission = v.picklist(['READONLY', 'PRIVATE', 'ADMINWRITE', 'ADMINONLY', 'CUSTOM'])
export const collectionInput = v.object({
  name: v.string(),
  permission: v.optional(permission),
}) satisfies BodySchema<'POST collections'>
export const indexInput = v.object({
  name: v.string(),
  keys: v.array(v.object({ field: v.string(), direction: v.picklist([1, -1, '2dsphere']) })),
  unique: v.optional(v.boolean(), false),
  sparse: v.optional(v.boolean(), false),
}) satisfies BodySchema<'POST collections/:name/indexes'>
