import './configured.ts'
import { NOTICE_TEXTS } from '../../miniprogram/account/utils/error-notice.ts'
import { TEXTS as ACCOUNT_TEXTS } from '../../miniprogram/account/utils/texts.ts'
import { COMMON_TEXTS, TRANSFER_TEXTS } from '../../miniprogram/auth/ui/texts.ts'
import { TEXTS as EXAMPLE_TEXTS } from '../../miniprogram/texts.ts'

/** Every word of the mini-program: the login's, the account's and the example's. */
export const TEXTS = {
  ...ACCOUNT_TEXTS,
  ...EXAMPLE_TEXTS,
  app: COMMON_TEXTS,
  transferRequest: TRANSFER_TEXTS,
}
/** What a user reads for each error code. */
export const ERROR_TEXTS = NOTICE_TEXTS
