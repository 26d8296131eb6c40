import type { Question } from '../../core/question.ts'
import { asks } from '../forms.ts'

export const COLLECTION_QUESTIONS: readonly Question[] = [
  asks('collection.create-again', [], (c) => c.db.createCollection('parity_documents')),
  asks('collection.create-dollar-name', [], (c) => c.db.createCollection('parity_$x')),
  asks('collection.create-long-name', [], (c) => c.db.createCollection(`parity_${'x'.repeat(300)}`)),
  asks('collection.create-name-with-space', [], (c) => c.db.createCollection('parity_a b')),
  asks('collection.missing-add', [], (c) => c.db.collection('parity_missing').add({ data: { n: 1 } }), [
    'database-missing-collection',
  ]),
  asks('collection.missing-get', [], (c) => c.db.collection('parity_missing').get(), [
    'database-missing-collection',
  ]),
  asks('collection.missing-doc-get', [], (c) => c.db.collection('parity_missing').doc('a').get()),
  asks('collection.missing-count', [], (c) => c.db.collection('parity_missing').count()),
  asks('collection.missing-update', [], (c) =>
    c.db
      .collection('parity_missing')
      .doc('a')
      .update({ data: { n: 1 } }),
  ),
  asks('collection.missing-set', [], (c) =>
    c.db
      .collection('parity_missing')
      .doc('a')
      .set({ data: { n: 1 } }),
  ),
  asks('collection.missing-remove', [], (c) => c.db.collection('parity_missing').where({ n: 1 }).remove()),
  asks('collection.missing-aggregate', [], (c) =>
    c.db.collection('parity_missing').aggregate().match({ n: 1 }).end(),
  ),
  asks('collection.empty-name', [], (c) => c.db.collection('').get()),
  asks('collection.dollar-name', [], (c) => c.db.collection('$cmd').get()),
]
