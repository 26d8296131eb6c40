/** A word that this project does not use, and what to write instead. */
export interface DialectWord {
  /** Matched against one line whose camelCase names are split into words: `giveUp` is `give Up`. */
  pattern: RegExp
  instead: string
}

/** Words of everyday or old English where the field has a term, and sentences that need a second reading. */
export const DIALECT: readonly DialectWord[] = [
  { pattern: /\bwhom?ever\b/i, instead: 'anyone who, the user, the caller' },
  { pattern: /\bbefall(s|en|ing)?\b|\bbefell\b/i, instead: 'happens to; a fault: inject' },
  { pattern: /\banew\b/i, instead: 'again' },
  { pattern: /\b(lies?|lying|lay) (about|around)\b/i, instead: 'is stored, is left behind' },
  { pattern: /\bma(de|kes?|king) up for\b/i, instead: 'repeat, compensate' },
  { pattern: /\bin vain\b/i, instead: 'without an answer, until the timeout' },
  { pattern: /\bfor (want|lack) of\b/i, instead: 'without, because there is no' },
  { pattern: /\bin the place of\b/i, instead: 'instead of' },
  { pattern: /\bwhat was\b/i, instead: 'a noun: the ended session, the failed call' },
  { pattern: /\bit is looked\b|\blook(s|ed|ing)? at\b/i, instead: 'check, read, compare, scan' },
  { pattern: /\bdeeds?\b/i, instead: 'event, scenario, step' },
  { pattern: /\bgive Up\b|\bgives? up\b/, instead: 'fail, stop' },
  { pattern: /\bheal(s|ed|ing)?\b/i, instead: 'reauthenticate, recover' },
  {
    pattern: /(?<!\b(users?|person) (is|are) )\btold\b(?! apart)|\btell\(/,
    instead: 'configure, notify, emit, answer',
  },
  { pattern: /\bfurnish(es|ed|ing)?\b/i, instead: 'create, provide' },
  { pattern: /\brooms\b/i, instead: 'folders, packages, services' },
  { pattern: /\bhappenings?\b/i, instead: 'event' },
  { pattern: /\bmoments? of (a|an|the) \w+ing\b/i, instead: 'while …' },
  { pattern: /\bstillness\b/i, instead: 'quiescence' },
  { pattern: /\bfootprints?\b/i, instead: 'read and write sets, independence' },
  { pattern: /\btravell?ers?\b(?! ?-?(names|trips))/i, instead: 'test user' },
  { pattern: /\bworkshop\b/i, instead: 'dev server' },
  { pattern: /\barena\b/i, instead: 'fixture' },
  { pattern: /\bbent\b/i, instead: 'tampered' },
  { pattern: /\bvictim\b/i, instead: 'target' },
  { pattern: /\bsame Text\b|\ball Done\b/i, instead: 'constant-time equality; settle all' },
  {
    pattern: /\b(?:const|let) (?:own|place|what|one|theirs)(?: (?:=|of |in )|:)/,
    instead: 'a noun that says what it is',
  },
]
