/** A number as the cloud answers it: masked, with the time when WeChat vouched for it, by the cloud's clock. */
export interface NumberOnFile {
  phone: string
  phoneVerifiedAt?: number | undefined
}

/**
 * Whether WeChat has vouched for a number since `before` was on file. Two numbers may have one mask, and one number may
 * be vouched for again: so the time counts, and the mask only where one of the times is unknown.
 */
export function isVerifiedSince(before: NumberOnFile, now: NumberOnFile): boolean {
  if (before.phoneVerifiedAt === undefined || now.phoneVerifiedAt === undefined) {
    return now.phone !== before.phone
  }
  return now.phoneVerifiedAt > before.phoneVerifiedAt
}
