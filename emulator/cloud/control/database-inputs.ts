import * as v from 'valibot'

export const permission = v.picklist(['READONLY', 'PRIVATE', 'ADMINWRITE', 'ADMINONLY', 'CUSTOM'])
export const collectionInput = v.object({ name: v.string(), permission: v.optional(permission, 'ADMINONLY') })
export const indexInput = v.object({
  name: v.string(),
  keys: v.array(v.object({ field: v.string(), direction: v.picklist([1, -1, '2dsphere']) })),
  unique: v.optional(v.boolean(), false),
  sparse: v.optional(v.boolean(), false),
})
