import type { Question } from '../../core/question.ts'
import { asks, finds } from '../forms.ts'

const TEXTS = [
  { _id: 'a', t: '广州 Tower' },
  { _id: 'b', t: 'tower\nbridge' },
  { _id: 'c', t: ['x', 'Tower'] },
  { _id: 'd', t: 5 },
]

export const TEXT_QUESTIONS: readonly Question[] = [
  finds('query.regex', TEXTS, () => ({ t: /Tower/ })),
  finds('query.regex-ignoring-case', TEXTS, () => ({ t: /tower/i })),
  finds('query.regex-of-many-lines', TEXTS, () => ({ t: /^bridge/m })),
  finds('query.regex-dot-matches-all', TEXTS, (_, { db }) => ({
    t: db.RegExp({ regexp: 'r.b', options: 's' }),
  })),
  finds('query.regex-extended', TEXTS, (_, { db }) => ({ t: db.RegExp({ regexp: 'Tow er', options: 'x' }) })),
  finds('query.regex-unicode-flag', TEXTS, () => ({ t: /广./u })),
  finds('query.regex-possessive', TEXTS, (_, { db }) => ({ t: db.RegExp({ regexp: 'T++ower' }) })),
  finds('query.regex-posix-class', TEXTS, (_, { db }) => ({ t: db.RegExp({ regexp: '^[[:alpha:]]+$' }) })),
  finds('query.regex-unknown-option', TEXTS, (_, { db }) => ({
    t: db.RegExp({ regexp: 'T', options: 'q' }),
  })),
  finds('query.regex-malformed', TEXTS, (_, { db }) => ({ t: db.RegExp({ regexp: '(' }) })),
  finds(
    'query.regex-of-stored-regex',
    [
      { _id: 'a', t: /a/ },
      { _id: 'b', t: /b/ },
    ],
    () => ({ t: /a/ }),
  ),
  finds('query.text-operator', TEXTS, (_) => _.text({ search: 'tower' })),
  asks(
    'query.order-of-texts',
    ['b', 'B', 'a', '中', 'é', '\u{1f600}', '\uff00', ''].map((t, n) => ({ _id: `${n}`, t })),
    async (c) => (await c.documents.orderBy('t', 'asc').get()).data.map(({ t }) => t),
  ),
]
