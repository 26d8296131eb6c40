import type { Question } from '../../core/question.ts'
import { asks } from '../forms.ts'

const DOCUMENT = { _id: 'a', n: 1, p: { q: 2, r: 3 }, list: [{ x: 1, y: 2 }, { x: 3 }] }

/** What `field` leaves of the document. */
function shows(name: string, projection: unknown): Question {
  return asks(
    `read.field-${name}`,
    [DOCUMENT],
    async (c) => (await c.documents.where({ _id: 'a' }).field(projection).get()).data,
  )
}

export const PROJECTION_QUESTIONS: readonly Question[] = [
  shows('taken', { n: true }),
  shows('left-out', { n: false }),
  shows('without-id', { n: true, _id: false }),
  shows('mixed', { n: true, list: false }),
  shows('path', { 'p.q': true }),
  shows('path-left-out', { 'p.q': false }),
  shows('path-into-array', { 'list.x': true }),
  shows('path-and-its-parent', { p: true, 'p.q': true }),
  shows('missing', { nothing: true }),
  shows('by-number', { n: 1 }),
  shows('by-two', { n: 2 }),
  shows('empty', {}),
  shows('id-alone-left-out', { _id: false }),
  shows('element', { 'list.0': true }),
  shows('slice', { list: { $slice: 1 } }),
  shows('elem-match', { list: { $elemMatch: { x: 3 } } }),
  shows('expression', { double: { $add: ['$n', '$n'] } }),
  shows('text', { n: 'x' }),
  asks(
    'read.doc-field',
    [DOCUMENT],
    async (c) => (await c.documents.doc('a').field({ 'p.q': true }).get()).data,
  ),
  asks('read.doc-missing', [], (c) => c.documents.doc('a').get()),
  asks('read.doc-number-is-not-text', [{ _id: 7 }], async (c) => (await c.documents.doc('7').get()).data),
  asks('read.doc-number', [{ _id: 7 }], async (c) => (await c.documents.doc(7).get()).data),
  asks('read.doc-empty-text', [], (c) => c.documents.doc('').get()),
  asks('read.doc-undefined', [], (c) => c.documents.doc(undefined).get()),
  asks('read.doc-object', [], (c) => c.documents.doc({ $gt: '' }).get()),
  asks('read.where-undefined', [DOCUMENT], (c) => c.documents.where({ n: undefined }).get()),
  asks('read.where-nothing', [DOCUMENT], async (c) => (await c.documents.where({}).get()).data.length),
  asks('read.where-no-object', [DOCUMENT], (c) => c.documents.where('n').get()),
  asks('read.where-unknown-operator', [DOCUMENT], (c) => c.documents.where({ n: { $nonsense: 1 } }).get()),
  asks('read.where-script', [DOCUMENT], (c) => c.documents.where({ $where: 'true' }).get()),
  asks(
    'read.where-comment',
    [DOCUMENT],
    async (c) => (await c.documents.where({ $comment: 'x' }).get()).data.length,
  ),
  asks(
    'read.where-type',
    [DOCUMENT],
    async (c) => (await c.documents.where({ n: { $type: 'number' } }).get()).data.length,
  ),
]
