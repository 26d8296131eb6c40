import type { Question } from '../../core/question.ts'
import { updates } from '../forms.ts'

const LINES = {
  l: [
    { x: 1, y: 1 },
    { x: 2, y: 1 },
    { x: 3, y: 2 },
  ],
}

export const ARRAY_UPDATE_QUESTIONS: readonly Question[] = [
  updates('update.push', { l: [1] }, (_) => ({ l: _.push(2) })),
  updates('update.push-several', { l: [1] }, (_) => ({ l: _.push([2, 3]) })),
  updates('update.push-array', { l: [1] }, (_) => ({ l: _.push([[2, 3]]) })),
  updates('update.push-missing', {}, (_) => ({ l: _.push([1]) })),
  updates('update.push-null', { l: null }, (_) => ({ l: _.push([1]) })),
  updates('update.push-text', { l: 'x' }, (_) => ({ l: _.push([1]) })),
  updates('update.push-nothing', { l: [1] }, (_) => ({ l: _.push([]) })),
  updates('update.push-position', { l: [1, 2, 3] }, (_) => ({ l: _.push({ each: [9], position: 1 }) })),
  updates('update.push-position-negative', { l: [1, 2, 3] }, (_) => ({
    l: _.push({ each: [9], position: -1 }),
  })),
  updates('update.push-slice-last', { l: [1, 2, 3] }, (_) => ({ l: _.push({ each: [4], slice: -2 }) }), [
    'database-push-slice',
  ]),
  updates('update.push-slice-zero', { l: [1, 2, 3] }, (_) => ({ l: _.push({ each: [4], slice: 0 }) })),
  updates('update.push-sort', { l: [3, 1] }, (_) => ({ l: _.push({ each: [2], sort: 1 }) })),
  updates('update.push-sort-by-field', LINES, (_) => ({
    l: _.push({ each: [{ x: 0, y: 0 }], sort: { y: -1 } }),
  })),
  updates('update.push-sort-mixed-types', { l: ['a', 1, null] }, (_) => ({
    l: _.push({ each: [true], sort: 1 }),
  })),
  updates('update.pop', { l: [1, 2] }, (_) => ({ l: _.pop() })),
  updates('update.pop-empty', { l: [] }, (_) => ({ l: _.pop() })),
  updates('update.pop-missing', {}, (_) => ({ l: _.pop() })),
  updates('update.pop-text', { l: 'x' }, (_) => ({ l: _.pop() })),
  updates('update.shift', { l: [1, 2] }, (_) => ({ l: _.shift() })),
  updates('update.unshift', { l: [3] }, (_) => ({ l: _.unshift([1, 2]) })),
  updates('update.pull', { l: [1, 2, 1] }, (_) => ({ l: _.pull(1) })),
  updates('update.pull-condition', { l: [1, 2, 3] }, (_) => ({ l: _.pull(_.gte(2)) })),
  updates('update.pull-object', LINES, (_) => ({ l: _.pull({ y: 1 }) }), ['database-pull-objects']),
  updates('update.pull-object-with-command', LINES, (_) => ({ l: _.pull({ x: _.in([1, 3]) }) })),
  updates('update.pull-elem-match', { l: [[1, 2], [5]] }, (_) => ({ l: _.pull(_.elemMatch({ $gt: 3 })) })),
  updates('update.pull-regex', { l: ['ab', 'b'] }, (_) => ({ l: _.pull(/^a/) })),
  updates('update.pull-missing', {}, (_) => ({ l: _.pull(1) })),
  updates('update.pull-text', { l: 'x' }, (_) => ({ l: _.pull('x') })),
  updates('update.pull-array', { l: [[1], 1, [1, 2]] }, (_) => ({ l: _.pull([1]) })),
  updates('update.pull-all', { l: [1, 2, 3, 1] }, (_) => ({ l: _.pullAll([1, 3]) })),
  updates('update.pull-all-objects', LINES, (_) => ({ l: _.pullAll([{ x: 1, y: 1 }, { x: 2 }]) })),
  updates('update.pull-all-scalar', { l: [1] }, (_) => ({ l: _.pullAll(1) })),
  updates('update.add-to-set', { l: [1] }, (_) => ({ l: _.addToSet(2) })),
  updates('update.add-to-set-again', { l: [1] }, (_) => ({ l: _.addToSet(1) }), ['database-updated-counts']),
  updates('update.add-to-set-array', { l: [1] }, (_) => ({ l: _.addToSet([2, 3]) })),
  updates('update.add-to-set-each', { l: [1] }, (_) => ({ l: _.addToSet({ $each: [1, 2] }) })),
  updates('update.add-to-set-object-in-another-order', { l: [{ x: 1, y: 2 }] }, (_) => ({
    l: _.addToSet({ y: 2, x: 1 }),
  })),
  updates('update.add-to-set-missing', {}, (_) => ({ l: _.addToSet(1) })),
  updates('update.add-to-set-scalar', { l: 1 }, (_) => ({ l: _.addToSet(2) })),
  updates('update.all-elements', { l: [1, 2] }, () => ({ $inc: { 'l.$[]': 10 } })),
]
