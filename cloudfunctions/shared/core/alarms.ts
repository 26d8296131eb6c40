export type AlarmWord = 'MISCONFIGURED' | 'PHONE_BUDGET' | 'BACKLOG' | 'CLIENT_DOCUMENTS' | 'KEY_NEEDED'

/**
 * The fixed words of alarm lines, each with what it means. A log alarm in the cloud console searches for such a word, so
 * that administrators hear of it: docs/en/console.md says how, and a test holds its table and this one together.
 */
export const ALARMS = {
  MISCONFIGURED: 'a setting, a permission or a collection is wrong, and calls fail; `detail` says what to do',
  PHONE_BUDGET: 'the phone authorizations that PHONE_BUDGET_PER_DAY allows for a day are used up',
  BACKLOG: 'housekeeping falls behind: `due` says how many documents wait for which task',
  CLIENT_DOCUMENTS: 'clients wrote documents into a collection of the functions: its permission is wrong',
  KEY_NEEDED: 'phone numbers are encrypted with a key that LOGIN_SECRETS does not name',
} as const satisfies Record<AlarmWord, string>
