import type { Mutation } from '../mutation.ts'
import { CONSENT_GUARDS } from './client-consent.ts'
import { CREDENTIAL_GUARDS } from './client-credentials.ts'
import { LATE_ANSWER_GUARDS } from './client-late-answers.ts'
import { PAGE_GUARDS } from './client-pages.ts'
import { TOKEN_GUARDS } from './client-tokens.ts'
import { TRANSFER_GUARDS } from './client-transfer.ts'

/** Guards of the mini-program. */
export const CLIENT_GUARDS: readonly Mutation[] = [
  ...LATE_ANSWER_GUARDS,
  ...PAGE_GUARDS,
  ...TOKEN_GUARDS,
  ...CREDENTIAL_GUARDS,
  ...CONSENT_GUARDS,
  ...TRANSFER_GUARDS,
]
