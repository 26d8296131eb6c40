import * as v from 'valibot'

/**
 * The fields of users' documents by which one account takes over what another one holds. `id` names one transfer in all of
 * them and in `audit_logs`.
 */

/** On the account that is asked, as `transferRequest`. */
export const transferRequestSchema = v.object({
  id: v.string(),
  /** The user id of the account that asks. */
  by: v.string(),
  /** The number of both. Absent, like the next field, when an administrator decides: nobody is asked then. */
  phoneHash: v.optional(v.string()),
  /** When WeChat vouched for the number of the account that asks. */
  verifiedAt: v.optional(v.date()),
  requestedAt: v.date(),
  expiresAt: v.date(),
})
export type StoredTransferRequest = v.InferOutput<typeof transferRequestSchema>

/** On the account that asks, as `requestedTransfer`: what it asked last. */
export const requestedTransferSchema = v.object({
  id: v.string(),
  /** The user id of the account that is asked. */
  of: v.string(),
  requestedAt: v.date(),
  expiresAt: v.date(),
  movedAt: v.optional(v.date()),
})
export type StoredRequestedTransfer = v.InferOutput<typeof requestedTransferSchema>

/** On the account that receives, as `incomingTransfer`: while it is there, the account can neither close nor move. */
export const incomingTransferSchema = v.object({
  id: v.string(),
  from: v.string(),
  /** When nickname, picture and number were taken over: once, so that later changes stay. */
  receivedAt: v.optional(v.date()),
})
export type IncomingTransfer = v.InferOutput<typeof incomingTransferSchema>

/** On the account that moves, as `movingTo`, from the moment that the move is decided. */
export const movingToSchema = v.object({
  id: v.string(),
  userId: v.string(),
  generation: v.optional(v.string()),
  /** Ids of its entries in `audit_logs`. */
  records: v.array(v.string()),
})
export type MovingTo = v.InferOutput<typeof movingToSchema>

/** By user id of the account that asked: when this account said no. */
export const transferRefusalsSchema = v.record(v.string(), v.date())
