import type { Question } from '../../core/question.ts'
import { aggregates, asks } from '../forms.ts'

const ROWS = [
  { _id: 'a', n: 1, kind: 'x', tags: ['p', 'q'], owner: 1 },
  { _id: 'b', n: 2, kind: 'y', tags: [], owner: 2 },
  { _id: 'c', n: 3, kind: 'x', owner: 3 },
  { _id: 'd', n: 4, kind: 'y', tags: 'p', owner: null },
]

/** Stages that the SDK cannot send by themselves go inside a `lookup`. */
function inside(name: string, pipeline: readonly object[]): Question {
  return asks(`stage.${name}-in-a-lookup`, ROWS, async (c) => {
    const { list } = await c.documents
      .aggregate()
      .match({ _id: 'a' })
      .lookup({ from: 'parity_documents', let: {}, pipeline, as: 'found' })
      .end()
    return list[0]?.['found']
  })
}

export const STAGE_QUESTIONS: readonly Question[] = [
  aggregates('stage.match', ROWS, (p, { _ }) =>
    p
      .match({ n: _.gte(3) })
      .sort({ _id: 1 })
      .project({ _id: 1 }),
  ),
  aggregates('stage.match-or', ROWS, (p, { _ }) =>
    p
      .match(_.or([{ n: 1 }, { n: 4 }]))
      .sort({ _id: 1 })
      .project({ _id: 1 }),
  ),
  aggregates('stage.add-fields', ROWS, (p, { $ }) =>
    p.match({ _id: 'a' }).addFields({ 'p.q': $.add(['$n', 1]), n: 9 }),
  ),
  aggregates('stage.project-taken', ROWS, (p) => p.match({ _id: 'a' }).project({ n: 1, 'tags.x': 1 })),
  aggregates('stage.project-left-out', ROWS, (p) => p.match({ _id: 'a' }).project({ tags: 0, _id: 0 })),
  aggregates('stage.project-missing-field', ROWS, (p) => p.match({ _id: 'a' }).project({ v: '$nothing' })),
  aggregates('stage.project-nested', ROWS, (p) => p.match({ _id: 'a' }).project({ p: { q: '$n' } })),
  aggregates('stage.project-array', ROWS, (p) =>
    p.match({ _id: 'a' }).project({ _id: 0, l: ['$n', '$nothing'] }),
  ),
  aggregates('stage.project-mixed', ROWS, (p) => p.project({ n: 1, tags: 0 })),
  aggregates('stage.project-empty', ROWS, (p) => p.project({})),
  aggregates('stage.group-sum', ROWS, (p, { $ }) =>
    p.group({ _id: '$kind', total: $.sum('$n') }).sort({ _id: 1 }),
  ),
  aggregates('stage.group-all', ROWS, (p, { $ }) => p.group({ _id: null, n: $.sum(1), middle: $.avg('$n') })),
  aggregates('stage.group-of-two-fields', ROWS, (p, { $ }) =>
    p.group({ _id: { kind: '$kind', tag: '$nothing' }, n: $.sum(1) }).sort({ '_id.kind': 1 }),
  ),
  aggregates(
    'stage.group-null-and-missing',
    [{ _id: 'a', v: null }, { _id: 'b' }, { _id: 'c', v: 1 }],
    (p, { $ }) => p.group({ _id: '$v', n: $.sum(1) }).sort({ _id: 1 }),
  ),
  aggregates('stage.group-without-id', ROWS, (p, { $ }) => p.group({ n: $.sum(1) })),
  aggregates('stage.group-no-documents', [], (p, { $ }) => p.group({ _id: null, n: $.sum(1) })),
  aggregates('stage.group-min-max', ROWS, (p, { $ }) =>
    p.group({ _id: null, min: $.min('$kind'), max: $.max('$n') }),
  ),
  aggregates('stage.group-first-last', ROWS, (p, { $ }) =>
    p.sort({ n: 1 }).group({ _id: null, first: $.first('$n'), last: $.last('$owner') }),
  ),
  aggregates('stage.group-push', ROWS, (p, { $ }) =>
    p.sort({ n: 1 }).group({ _id: null, all: $.push('$owner'), tags: $.push('$tags') }),
  ),
  aggregates('stage.group-add-to-set', ROWS, (p, { $ }) =>
    p.group({ _id: null, kinds: $.addToSet('$kind') }).project({ _id: 0, n: $.size('$kinds') }),
  ),
  aggregates('stage.group-deviation', ROWS, (p, { $ }) =>
    p.group({ _id: null, population: $.stdDevPop('$n'), sample: $.stdDevSamp('$n') }),
  ),
  aggregates('stage.group-deviation-of-one', [ROWS[0] ?? {}], (p, { $ }) =>
    p.group({ _id: null, population: $.stdDevPop('$n'), sample: $.stdDevSamp('$n') }),
  ),
  aggregates('stage.group-sum-of-texts', ROWS, (p, { $ }) =>
    p.group({ _id: null, sum: $.sum('$kind'), avg: $.avg('$kind') }),
  ),
  aggregates('stage.group-merge-objects', ROWS, (p, { $ }) =>
    p
      .sort({ n: 1 })
      .group({ _id: '$kind', all: $.mergeObjects({ n: '$n' }) })
      .sort({ _id: 1 }),
  ),
  aggregates('stage.unwind', ROWS, (p) => p.unwind('$tags').sort({ _id: 1, tags: 1 }).project({ tags: 1 })),
  aggregates('stage.unwind-keeping', ROWS, (p) =>
    p
      .unwind({ path: '$tags', includeArrayIndex: 'at', preserveNullAndEmptyArrays: true })
      .sort({ _id: 1, at: 1 })
      .project({ tags: 1, at: 1 }),
  ),
  aggregates('stage.unwind-without-dollar', ROWS, (p) => p.unwind('tags')),
  aggregates('stage.sort-two-fields', ROWS, (p) => p.sort({ kind: -1, n: 1 }).project({ _id: 1 })),
  aggregates('stage.sort-empty', ROWS, (p) => p.sort({})),
  aggregates('stage.sort-bad-direction', ROWS, (p) => p.sort({ n: 2 })),
  aggregates('stage.skip-and-limit', ROWS, (p) => p.sort({ n: 1 }).skip(1).limit(2).project({ _id: 1 })),
  aggregates('stage.limit-zero', ROWS, (p) => p.limit(0)),
  aggregates('stage.limit-negative', ROWS, (p) => p.limit(-1)),
  aggregates('stage.skip-negative', ROWS, (p) => p.skip(-1)),
  aggregates('stage.count', ROWS, (p) => p.count('all')),
  aggregates('stage.count-of-none', [], (p) => p.count('all')),
  aggregates('stage.count-bad-name', ROWS, (p) => p.count('$all')),
  aggregates('stage.sort-by-count', ROWS, (p) => p.match({ n: { $lte: 3 } }).sortByCount('$kind')),
  aggregates('stage.bucket', ROWS, (p, { $ }) =>
    p.bucket({ groupBy: '$n', boundaries: [0, 2, 4], default: 'other', output: { n: $.sum(1) } }),
  ),
  aggregates('stage.bucket-outside', ROWS, (p) => p.bucket({ groupBy: '$n', boundaries: [0, 2] })),
  aggregates('stage.bucket-unordered', ROWS, (p) => p.bucket({ groupBy: '$n', boundaries: [2, 0] })),
  aggregates('stage.bucket-auto', ROWS, (p) => p.bucketAuto({ groupBy: '$n', buckets: 2 })),
  aggregates('stage.bucket-auto-granularity', ROWS, (p) =>
    p.bucketAuto({ groupBy: '$n', buckets: 2, granularity: 'POWERSOF2' }),
  ),
  aggregates('stage.replace-root', ROWS, (p) => p.match({ _id: 'a' }).replaceRoot({ newRoot: { v: '$n' } })),
  aggregates('stage.replace-root-missing', ROWS, (p) => p.replaceRoot({ newRoot: '$nothing' })),
  aggregates('stage.sample', ROWS, (p, { $ }) => p.sample({ size: 2 }).group({ _id: null, n: $.sum(1) })),
  asks('stage.lookup', ROWS, async (c) => {
    await Promise.all([1, 2].map((n) => c.others.add({ data: { _id: `o${n}`, number: n } })))
    const pipeline = c.documents.aggregate().sort({ n: 1 })
    return (
      await pipeline
        .lookup({ from: 'parity_others', localField: 'owner', foreignField: 'number', as: 'owners' })
        .project({ owners: 1 })
        .end()
    ).list
  }),
  asks('stage.lookup-null-finds-missing', [{ _id: 'a', owner: null }, { _id: 'b' }], async (c) => {
    await c.others.add({ data: { _id: 'o' } })
    return (
      await c.documents
        .aggregate()
        .sort({ _id: 1 })
        .lookup({ from: 'parity_others', localField: 'owner', foreignField: 'number', as: 'owners' })
        .end()
    ).list
  }),
  asks('stage.lookup-array', [{ _id: 'a', owners: [1, 2] }], async (c) => {
    await Promise.all([1, 2, 3].map((n) => c.others.add({ data: { _id: `o${n}`, number: n } })))
    const { list } = await c.documents
      .aggregate()
      .lookup({ from: 'parity_others', localField: 'owners', foreignField: 'number', as: 'found' })
      .project({ n: c.$.size('$found') })
      .end()
    return list
  }),
  asks('stage.lookup-pipeline', [{ _id: 'a', owner: 1 }], async (c) => {
    await Promise.all([1, 2].map((n) => c.others.add({ data: { _id: `o${n}`, number: n } })))
    const { list } = await c.documents
      .aggregate()
      .lookup({
        from: 'parity_others',
        let: { owner: '$owner' },
        pipeline: [{ $match: { $expr: { $eq: ['$number', '$$owner'] } } }],
        as: 'found',
      })
      .end()
    return list
  }),
  aggregates('stage.lookup-missing-collection', [{ _id: 'a', owner: 1 }], (p) =>
    p.lookup({ from: 'parity_missing', localField: 'owner', foreignField: 'n', as: 'found' }),
  ),
  // wx-server-sdk has these methods, and they throw.
  aggregates('stage.facet-by-method', ROWS, (p) => p.facet({ n: [] })),
  aggregates('stage.graph-lookup-by-method', ROWS, (p) => p.graphLookup({})),
  aggregates('stage.redact-by-method', ROWS, (p) => p.redact('$$KEEP')),
  aggregates('stage.out-by-method', ROWS, (p) => p.out('parity_others')),
  aggregates('stage.coll-stats-by-method', ROWS, (p) => p.collStats({ count: {} })),
  aggregates('stage.index-stats-by-method', ROWS, (p) => p.indexStats({})),
  inside('facet', [{ $facet: { all: [{ $count: 'n' }], none: [{ $match: { n: 9 } }] } }]),
  inside('graph-lookup', [
    {
      $graphLookup: {
        from: 'parity_documents',
        startWith: '$kind',
        connectFromField: 'nothing',
        connectToField: 'kind',
        as: 'found',
      },
    },
    { $project: { n: { $size: '$found' } } },
    { $sort: { _id: 1 } },
  ]),
  inside('redact', [{ $redact: { $cond: ['$owner', '$$KEEP', '$$PRUNE'] } }, { $count: 'n' }]),
  inside('set-window-fields', [
    {
      $setWindowFields: {
        sortBy: { n: 1 },
        output: { running: { $sum: '$n', window: { documents: ['unbounded', 'current'] } } },
      },
    },
    { $project: { running: 1 } },
  ]),
  inside('union-with', [{ $unionWith: 'parity_documents' }, { $count: 'n' }]),
  inside('unset', [{ $match: { _id: 'a' } }, { $unset: ['tags', 'owner'] }]),
  inside('replace-with', [{ $match: { _id: 'a' } }, { $replaceWith: { v: '$n' } }]),
  inside('sample', [{ $sample: { size: 3 } }, { $count: 'n' }]),
  inside('out', [{ $out: 'parity_others' }]),
  inside('merge', [{ $merge: { into: 'parity_others' } }]),
  inside('coll-stats', [{ $collStats: { count: {} } }]),
  inside('unknown', [{ $nonsense: {} }]),
  aggregates('stage.none', ROWS, (p, { $ }) => p.group({ _id: null, n: $.sum(1) }).limit(5)),
  asks(
    'stage.results-without-limit',
    Array.from({ length: 25 }, (_, n) => ({ _id: `n${n}` })),
    async (c) => (await c.documents.aggregate().match({}).end()).list.length,
    ['database-aggregate-default-limit'],
  ),
]
