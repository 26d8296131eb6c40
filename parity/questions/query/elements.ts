import type { Question } from '../../core/question.ts'
import { finds } from '../forms.ts'

const TAGGED = [
  { _id: 'a', tags: ['x', 'y'] },
  { _id: 'b', tags: ['y'] },
  { _id: 'c', tags: [] },
  { _id: 'd', tags: 'x' },
  { _id: 'e' },
]
const SCORES = [
  { _id: 'a', scores: [1, 9] },
  { _id: 'b', scores: [4, 5] },
  { _id: 'c', scores: 5 },
]
const LINES = [
  {
    _id: 'a',
    lines: [
      { sku: 'x', n: 1 },
      { sku: 'y', n: 5 },
    ],
  },
  { _id: 'b', lines: [{ sku: 'x', n: 5 }] },
  { _id: 'c', lines: [] },
  { _id: 'd', lines: { sku: 'x', n: 5 } },
  { _id: 'e', lines: [3] },
]

export const ELEMENT_QUESTIONS: readonly Question[] = [
  finds('query.exists', TAGGED, (_) => ({ tags: _.exists(true) })),
  finds('query.exists-not', TAGGED, (_) => ({ tags: _.exists(false) })),
  finds('query.exists-null', [{ _id: 'a', v: null }, { _id: 'b' }], (_) => ({ v: _.exists(true) })),
  finds('query.exists-element', TAGGED, (_) => ({ 'tags.1': _.exists(true) })),
  finds('query.exists-not-element', TAGGED, (_) => ({ 'tags.0': _.exists(false) }), [
    'database-exists-false-on-element',
  ]),
  finds('query.size', TAGGED, (_) => ({ tags: _.size(1) })),
  finds('query.size-zero', TAGGED, (_) => ({ tags: _.size(0) })),
  finds('query.size-negative', TAGGED, (_) => ({ tags: _.size(-1) })),
  finds('query.size-fraction', TAGGED, (_) => ({ tags: _.size(1.5) })),
  finds('query.all', TAGGED, (_) => ({ tags: _.all(['y', 'x']) })),
  finds('query.all-empty', TAGGED, (_) => ({ tags: _.all([]) })),
  finds('query.all-of-a-scalar', TAGGED, (_) => ({ tags: _.all(['x']) })),
  finds('query.all-elem-match', LINES, (_) => ({
    lines: _.all([_.elemMatch({ sku: 'x' }), _.elemMatch({ n: 5 })]),
  })),
  finds('query.elem-match-of-conditions', SCORES, (_) => ({ scores: _.elemMatch(_.gt(3).lt(6)) })),
  finds('query.elem-match-of-documents', LINES, (_) => ({ lines: _.elemMatch({ sku: 'x', n: 5 }) })),
  finds('query.elem-match-of-documents-with-commands', LINES, (_) => ({
    lines: _.elemMatch({ n: _.gte(2) }),
  })),
  finds('query.range-over-an-array', SCORES, (_) => ({ scores: _.gt(3).lt(6) })),
  finds(
    'query.mod',
    [
      { _id: 'a', n: 4 },
      { _id: 'b', n: 5 },
      { _id: 'c', n: -2 },
      { _id: 'd', n: 4.9 },
    ],
    (_) => ({
      n: _.mod(2, 0),
    }),
  ),
  finds('query.mod-by-zero', [{ _id: 'a', n: 4 }], (_) => ({ n: _.mod(0, 0) })),
  finds('query.path-into-objects', LINES, () => ({ 'lines.sku': 'x' })),
  finds(
    'query.path-of-nested-object',
    [
      { _id: 'a', p: { q: { r: 1 } } },
      { _id: 'b', p: { q: { r: 2, s: 1 } } },
    ],
    () => ({
      p: { q: { r: 2 } },
    }),
  ),
  finds('query.path-element', LINES, () => ({ 'lines.1.sku': 'y' })),
  finds('query.path-null-in-empty-array', LINES, (_) => ({ 'lines.sku': null })),
  finds(
    'query.path-missing-in-some-elements',
    [
      { _id: 'a', l: [{ x: 1 }, {}] },
      { _id: 'b', l: [{ x: 1 }] },
    ],
    () => ({
      'l.x': null,
    }),
  ),
  finds('query.path-exists-not-in-array', LINES, (_) => ({ 'lines.sku': _.exists(false) })),
  finds('query.path-neq-in-array', LINES, (_) => ({ 'lines.sku': _.neq('x') })),
  finds(
    'query.path-of-arrays-in-arrays',
    [
      { _id: 'a', v: [[1, 2], [3]] },
      { _id: 'b', v: [1] },
    ],
    () => ({ v: 1 }),
  ),
  finds(
    'query.path-digit-key-of-object',
    [
      { _id: 'a', v: { 0: 'x' } },
      { _id: 'b', v: ['x'] },
    ],
    () => ({
      'v.0': 'x',
    }),
  ),
]
