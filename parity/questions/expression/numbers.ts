import type { Question } from '../../core/question.ts'
import { computes } from '../forms.ts'

const N = { n: -7.5, m: 2, t: 'x', z: null, d: new Date(86_400_000) }

export const NUMBER_EXPRESSION_QUESTIONS: readonly Question[] = [
  computes('expression.abs', N, ({ $ }) => $.abs('$n')),
  computes('expression.add-date', N, ({ $ }) => $.add(['$d', 1000])),
  computes('expression.add-null', N, ({ $ }) => $.add(['$m', '$z'])),
  computes('expression.add-text', N, ({ $ }) => $.add(['$m', '$t'])),
  computes('expression.ceil-floor-trunc', N, ({ $ }) => [$.ceil('$n'), $.floor('$n'), $.trunc('$n')]),
  computes('expression.round-to-even', N, () => [
    { $round: 2.5 },
    { $round: 3.5 },
    { $round: [-7.55, 1] },
    { $round: [1234, -2] },
  ]),
  computes('expression.divide', N, ({ $ }) => $.divide(['$n', '$m'])),
  computes('expression.divide-by-zero', { n: 1, m: 0 }, ({ $ }) => $.divide(['$n', '$m'])),
  computes('expression.mod-negative', N, ({ $ }) => $.mod(['$n', '$m'])),
  computes('expression.multiply-subtract', N, ({ $ }) => $.subtract([$.multiply(['$n', '$m']), 1])),
  computes('expression.subtract-dates', N, ({ $ }) => $.subtract(['$d', new Date(0)])),
  computes('expression.powers', N, ({ $ }) => [
    $.pow(['$m', 10]),
    $.sqrt('$m'),
    $.exp(0),
    $.ln(1),
    $.log([8, 2]),
    $.log10(1000),
  ]),
  computes('expression.sqrt-negative', N, ({ $ }) => $.sqrt('$n')),
  computes('expression.cmp', N, ({ $ }) => [
    $.cmp(['$n', '$m']),
    $.cmp(['$t', '$m']),
    $.cmp(['$nothing', null]),
  ]),
  computes('expression.comparisons-of-types', N, ({ $ }) => [
    $.gt(['$t', '$m']),
    $.lt(['$z', '$m']),
    $.eq(['$nothing', '$z']),
    $.neq([1, 1]),
  ]),
  computes('expression.and-or-not', N, ({ $ }) => [
    $.and(['$m', '$t']),
    $.or(['$z', 0]),
    $.not(['$z']),
    $.and([]),
    $.or([]),
  ]),
  computes('expression.cond', N, ({ $ }) => $.cond({ if: $.gt(['$m', 1]), then: 'more', else: 'less' })),
  computes('expression.if-null', N, ({ $ }) => [
    $.ifNull(['$z', 'none']),
    $.ifNull(['$nothing', 'none']),
    $.ifNull(['$m', 'none']),
  ]),
  computes('expression.switch', N, ({ $ }) =>
    $.switch({
      branches: [
        { case: $.eq(['$m', 1]), then: 'one' },
        { case: $.eq(['$m', 2]), then: 'two' },
      ],
      default: 'many',
    }),
  ),
  computes('expression.switch-without-default', N, ({ $ }) =>
    $.switch({ branches: [{ case: $.eq(['$m', 1]), then: 'one' }] }),
  ),
  computes('expression.literal', N, ({ $ }) => $.literal('$m')),
  computes('expression.let', N, ({ $ }) => $.let({ vars: { x: '$m' }, in: $.add(['$$x', '$$x']) })),
  computes('expression.unknown', N, () => ({ $nonsense: 1 })),
  computes('expression.unknown-variable', N, () => '$$nothing'),
]
