import { command as _ } from '../database/database.ts'

/** The phone number as a user's document stores it: encrypted and indexed for the functions, masked for people. */
export interface StoredPhone {
  phoneMasked: string
  phoneCipher: string
  phoneHash: string
  countryCode: string
  /** When WeChat vouched for it. */
  phoneVerifiedAt: Date
}

/** Condition on a user's document: WeChat vouched for the stored number, if there is one, before this moment. */
export function storedPhoneOlderThan(verifiedAt: Date): object {
  return _.or([{ phoneVerifiedAt: _.exists(false) }, { phoneVerifiedAt: _.lt(verifiedAt) }])
}
