import type { Question } from '../../core/question.ts'
import { computes } from '../forms.ts'

/** A Thursday of the last week of ISO's year 2020, in UTC. */
const D = { d: new Date(Date.UTC(2020, 11, 31, 20, 30, 40, 567)), z: null }

export const DATE_EXPRESSION_QUESTIONS: readonly Question[] = [
  computes('expression.date-parts', D, ({ $ }) => [
    $.year('$d'),
    $.month('$d'),
    $.dayOfMonth('$d'),
    $.hour('$d'),
    $.minute('$d'),
    $.second('$d'),
    $.millisecond('$d'),
  ]),
  computes('expression.date-weeks', D, ({ $ }) => [
    $.dayOfWeek('$d'),
    $.dayOfYear('$d'),
    $.isoDayOfWeek('$d'),
    $.isoWeek('$d'),
    $.isoWeekYear('$d'),
    $.week('$d'),
  ]),
  computes('expression.date-part-in-a-time-zone', D, () => ({
    $dayOfMonth: { date: '$d', timezone: 'Asia/Shanghai' },
  })),
  computes('expression.date-part-of-null', D, ({ $ }) => $.year('$z')),
  computes('expression.date-part-of-text', { t: '2020-01-01' }, ({ $ }) => $.year('$t')),
  computes('expression.date-from-parts', D, ({ $ }) => [
    $.dateFromParts({ year: 2021, month: 2, day: 3, hour: 4 }),
    $.dateFromParts({ year: 2021, month: 14, day: 0 }),
    $.dateFromParts({ year: 2021, month: 1, timezone: '+08:00' }),
    $.dateFromParts({ isoWeekYear: 2020, isoWeek: 53, isoDayOfWeek: 7 }),
  ]),
  computes('expression.date-from-string', D, ({ $ }) => [
    $.dateFromString({ dateString: '2021-02-03T04:05:06Z' }),
    $.dateFromString({ dateString: '2021-02-03', timezone: 'Asia/Shanghai' }),
    $.dateFromString({ dateString: '03/02/2021', format: '%d/%m/%Y' }),
  ]),
  computes('expression.date-from-string-malformed', D, ({ $ }) => $.dateFromString({ dateString: 'soon' })),
  computes('expression.date-to-string', D, ({ $ }) => [
    $.dateToString({ date: '$d', format: '%Y-%m-%d %H:%M:%S.%L' }),
    $.dateToString({ date: '$d', format: '%G-W%V-%u %j %w %U', timezone: 'Asia/Shanghai' }),
    $.dateToString({ date: '$d', format: '%z %Z %%', timezone: '+0530' }),
    $.dateToString({ date: '$z', format: '%Y', onNull: 'none' }),
  ]),
  computes('expression.date-to-string-without-format', D, ({ $ }) => $.dateToString({ date: '$d' })),
  computes('expression.date-to-string-bad-format', D, ({ $ }) =>
    $.dateToString({ date: '$d', format: '%Q' }),
  ),
  computes('expression.date-add', D, () => ({
    $dateAdd: { startDate: '$d', unit: 'month', amount: 2 },
  })),
  computes('expression.date-diff', D, () => ({
    $dateDiff: { startDate: '$d', endDate: new Date(Date.UTC(2021, 0, 1)), unit: 'day' },
  })),
  computes('expression.date-trunc', D, () => ({
    $dateTrunc: { date: '$d', unit: 'week', startOfWeek: 'monday' },
  })),
  computes('expression.date-unknown-time-zone', D, () => ({
    $hour: { date: '$d', timezone: 'Nowhere/Town' },
  })),
]
