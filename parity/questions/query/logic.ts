import type { Question } from '../../core/question.ts'
import { finds } from '../forms.ts'

const ROWS = [
  { _id: 'a', n: 1, m: 1 },
  { _id: 'b', n: 2, m: 1 },
  { _id: 'c', n: 3, m: 2 },
  { _id: 'd', m: 2 },
]

export const LOGIC_QUESTIONS: readonly Question[] = [
  finds('query.and-of-a-field', ROWS, (_) => ({ n: _.and(_.gt(1), _.lt(3)) })),
  finds('query.and-of-conditions', ROWS, (_) => _.and([{ n: _.gt(1) }, { m: 1 }])),
  finds('query.and-with-an-empty-condition', ROWS, (_) => _.and([{ m: 1 }, {}]), [
    'database-and-empty-condition',
  ]),
  finds('query.or-of-a-field', ROWS, (_) => ({ n: _.or(_.eq(1), _.eq(3)) })),
  finds('query.or-of-conditions', ROWS, (_) => _.or([{ n: 1 }, { m: 2 }])),
  finds('query.or-of-two-fields-widens', ROWS, (_) => ({ n: _.or(_.eq(1), _.eq(2)), m: _.or(_.eq(2)) })),
  finds('query.or-of-nothing', ROWS, (_) => _.or([])),
  finds('query.nor-of-conditions', ROWS, (_) => _.nor([{ n: 1 }, { m: 2 }])),
  finds('query.nor-of-a-field', ROWS, (_) => ({ n: _.nor(_.eq(1), _.eq(2)) })),
  finds('query.not-finds-missing', ROWS, (_) => ({ n: _.not(_.gt(1)) })),
  finds('query.not-of-equality', ROWS, (_) => ({ n: _.not(_.eq(1)) })),
  finds('query.not-of-a-regex', [{ _id: 'a', t: 'ab' }, { _id: 'b', t: 'b' }, { _id: 'c' }], (_) => ({
    t: _.not(/^a/),
  })),
  finds('query.two-fields', ROWS, () => ({ n: 2, m: 1 })),
  finds('query.expr-compares-fields', ROWS, ({ expr }, { $ }) => expr($.eq(['$n', '$m']))),
  finds('query.expr-missing-field', ROWS, ({ expr }, { $ }) => expr($.lt(['$n', 0]))),
  finds('query.json-schema', ROWS, (_) =>
    _.jsonSchema({ required: ['n'], properties: { n: { minimum: 2 } } }),
  ),
]
