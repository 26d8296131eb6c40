import { testExpressions } from '../../testing/expressions.ts'

const date = new Date('2021-03-14T09:05:07.008Z')
const zone = 'America/New_York'

testExpressions({
  'parts of dates': {
    document: { date, n: null, s: 'x' },
    cases: [
      [{ $year: '$date' }, 2021],
      [{ $month: ['$date'] }, 3],
      [{ $dayOfMonth: { date: '$date', timezone: '-10:00' } }, 13],
      [{ $hour: { date: '$date', timezone: 'Asia/Shanghai' } }, 17],
      [{ $hour: { date: '$date', timezone: '+0530' } }, 14],
      [{ $hour: { date: '$date', timezone: '-01' } }, 8],
      [{ $hour: { date: new Date('2021-03-14T06:59:00Z'), timezone: zone } }, 1],
      [{ $hour: { date: new Date('2021-03-14T07:00:00Z'), timezone: zone } }, 3],
      [{ $dayOfWeek: '$date' }, 1],
      [{ $isoDayOfWeek: '$date' }, 7],
      [{ $isoWeek: new Date('2016-01-01T00:00:00Z') }, 53],
      [{ $isoWeekYear: new Date('2016-01-01T00:00:00Z') }, 2015],
      [{ $week: new Date('2021-01-02T00:00:00Z') }, 0],
      [{ $week: new Date('2021-01-03T00:00:00Z') }, 1],
      [{ $dayOfYear: new Date('2020-12-31T00:00:00Z') }, 366],
      [{ $millisecond: '$date' }, 8],
      [{ $year: '$missing' }, null],
      [{ $year: { date: '$date', timezone: '$n' } }, null],
      [
        { $dateToParts: { date: '$date' } },
        { year: 2021, month: 3, day: 14, hour: 9, minute: 5, second: 7, millisecond: 8 },
      ],
      [
        { $dateToParts: { date: '$date', iso8601: true } },
        { isoWeekYear: 2021, isoWeek: 10, isoDayOfWeek: 7, hour: 9, minute: 5, second: 7, millisecond: 8 },
      ],
      [{ $dateToParts: { date: '$n' } }, null],
    ],
    refused: [
      { $year: '$s' },
      { $year: 5 },
      { $hour: { date: '$date', timezone: 'Nowhere/Land' } },
      { $hour: { date: '$date', timezone: '+8' } },
      { $hour: { date: '$date', timezone: 8 } },
      { $dateToParts: { date: 5 } },
    ],
    malformed: [
      { $year: { timezone: zone } },
      { $year: { date: '$date', other: 1 } },
      { $year: ['$date', '$date'] },
      { $dateToParts: '$date' },
      { $dateToParts: { date: '$date', other: 1 } },
    ],
  },
  $dateFromParts: {
    document: { n: null },
    cases: [
      [{ $dateFromParts: { year: 2021 } }, new Date('2021-01-01T00:00:00Z')],
      [{ $dateFromParts: { year: 2021, month: 14, day: 0 } }, new Date('2022-01-31T00:00:00Z')],
      [{ $dateFromParts: { year: 2021, month: 7, timezone: zone } }, new Date('2021-07-01T04:00:00Z')],
      [{ $dateFromParts: { year: 99, month: 1 } }, new Date('0099-01-01T00:00:00Z')],
      [
        { $dateFromParts: { isoWeekYear: 2021, isoWeek: 10, isoDayOfWeek: 7 } },
        new Date('2021-03-14T00:00:00Z'),
      ],
      [{ $dateFromParts: { year: 2021, month: '$n' } }, null],
      [{ $dateFromParts: { year: '$missing' } }, null],
    ],
    refused: [
      { $dateFromParts: { year: 0 } },
      { $dateFromParts: { year: 2021.5 } },
      { $dateFromParts: { year: 2021, month: 'x' } },
    ],
    malformed: [
      { $dateFromParts: { month: 1 } },
      { $dateFromParts: { year: 2021, isoWeek: 1 } },
      { $dateFromParts: { year: 2021, isoWeekYear: 2021 } },
      { $dateFromParts: [2021] },
    ],
  },
  '$dateToString, $dateFromString': {
    document: { date, n: null },
    cases: [
      [{ $dateToString: { date: '$date' } }, '2021-03-14T09:05:07.008Z'],
      [
        { $dateToString: { date: '$date', format: '%Y/%m/%d %H-%M-%S.%L %j %w %u %U %V %G %%' } },
        '2021/03/14 09-05-07.008 073 1 7 11 10 2021 %',
      ],
      [{ $dateToString: { date: '$date', format: '%H%z %Z', timezone: 'Asia/Shanghai' } }, '17+0800 +480'],
      [{ $dateToString: { date: '$n' } }, null],
      [{ $dateToString: { date: '$missing', onNull: 'none' } }, 'none'],
      [{ $dateToString: { date: '$date', timezone: '$n' } }, null],
      [{ $dateFromString: { dateString: '2017-02-08T12:10:40.787' } }, new Date('2017-02-08T12:10:40.787Z')],
      [{ $dateFromString: { dateString: '2017-02-08', timezone: zone } }, new Date('2017-02-08T05:00:00Z')],
      [{ $dateFromString: { dateString: '2017-02-08T12:00:00Z' } }, new Date('2017-02-08T12:00:00Z')],
      [
        { $dateFromString: { dateString: '06-15-2018', format: '%m-%d-%Y' } },
        new Date('2018-06-15T00:00:00Z'),
      ],
      [
        { $dateFromString: { dateString: '2018-06-15 10:05 +0800', format: '%Y-%m-%d %H:%M %z' } },
        new Date('2018-06-15T02:05:00Z'),
      ],
      [{ $dateFromString: { dateString: '2021.73', format: '%Y.%j' } }, new Date('2021-03-14T00:00:00Z')],
      [{ $dateFromString: { dateString: 'x', onError: 'bad' } }, 'bad'],
      [{ $dateFromString: { dateString: '$n', onNull: 'none' } }, 'none'],
      [{ $dateFromString: { dateString: '$missing' } }, null],
      [{ $dateFromString: { dateString: 5, onError: 'bad' } }, 'bad'],
    ],
    refused: [
      { $dateToString: { date: 'x' } },
      { $dateToString: { date: '$date', timezone: 'x' } },
      { $dateFromString: { dateString: 'x' } },
      { $dateFromString: { dateString: '2017-02-30' } },
      { $dateFromString: { dateString: 5 } },
      { $dateFromString: { dateString: '2017-02-08T12:00:00Z', timezone: zone } },
      { $dateFromString: { dateString: '2017', format: '%Y-%m' } },
    ],
    malformed: [
      { $dateToString: { format: '%Y' } },
      { $dateToString: { date: '$date', format: '%Q' } },
      { $dateToString: { date: '$date', format: '%' } },
      { $dateToString: { date: '$date', other: 1 } },
      { $dateToString: '$date' },
      { $dateFromString: { format: '%Y' } },
      { $dateFromString: { dateString: 'x', format: '%Q' } },
      { $dateFromString: { dateString: 'x', other: 1 } },
    ],
  },
  '$dateAdd, $dateSubtract': {
    document: { end: new Date('2021-01-31T12:00:00Z'), n: null },
    cases: [
      [{ $dateAdd: { startDate: '$end', unit: 'month', amount: 1 } }, new Date('2021-02-28T12:00:00Z')],
      [{ $dateAdd: { startDate: '$end', unit: 'quarter', amount: 1 } }, new Date('2021-04-30T12:00:00Z')],
      [{ $dateAdd: { startDate: '$end', unit: 'year', amount: -1 } }, new Date('2020-01-31T12:00:00Z')],
      [{ $dateAdd: { startDate: '$end', unit: 'week', amount: 1 } }, new Date('2021-02-07T12:00:00Z')],
      [{ $dateSubtract: { startDate: '$end', unit: 'hour', amount: 24 } }, new Date('2021-01-30T12:00:00Z')],
      [
        { $dateAdd: { startDate: new Date('2021-03-13T15:00:00Z'), unit: 'day', amount: 1, timezone: zone } },
        new Date('2021-03-14T14:00:00Z'),
      ],
      [
        {
          $dateAdd: { startDate: new Date('2021-03-13T15:00:00Z'), unit: 'hour', amount: 24, timezone: zone },
        },
        new Date('2021-03-14T15:00:00Z'),
      ],
      [{ $dateAdd: { startDate: '$n', unit: 'day', amount: 1 } }, null],
      [{ $dateAdd: { startDate: '$end', unit: 'day', amount: '$missing' } }, null],
    ],
    refused: [
      { $dateAdd: { startDate: 'x', unit: 'day', amount: 1 } },
      { $dateAdd: { startDate: '$end', unit: 'fortnight', amount: 1 } },
      { $dateAdd: { startDate: '$end', unit: 'day', amount: 1.5 } },
    ],
    malformed: [{ $dateAdd: { startDate: '$end', unit: 'day' } }, { $dateSubtract: ['$end', 'day', 1] }],
  },
  '$dateDiff, $dateTrunc': {
    document: { date, n: null },
    cases: [
      [
        {
          $dateDiff: {
            startDate: new Date('2020-12-31T23:59:59Z'),
            endDate: new Date('2021-01-01T00:00:00Z'),
            unit: 'year',
          },
        },
        1,
      ],
      [{ $dateDiff: { startDate: new Date('2021-01-01T00:00:00Z'), endDate: '$date', unit: 'month' } }, 2],
      [{ $dateDiff: { startDate: '$date', endDate: new Date('2021-01-01T00:00:00Z'), unit: 'day' } }, -72],
      [
        {
          $dateDiff: {
            startDate: new Date('2021-03-13T00:00:00Z'),
            endDate: new Date('2021-03-14T00:00:00Z'),
            unit: 'week',
          },
        },
        1,
      ],
      [
        {
          $dateDiff: {
            startDate: new Date('2021-03-13T00:00:00Z'),
            endDate: new Date('2021-03-14T00:00:00Z'),
            unit: 'week',
            startOfWeek: 'Monday',
          },
        },
        0,
      ],
      [{ $dateDiff: { startDate: new Date('2021-03-14T09:04:59Z'), endDate: '$date', unit: 'minute' } }, 1],
      [{ $dateDiff: { startDate: '$n', endDate: '$date', unit: 'day' } }, null],
      [{ $dateTrunc: { date: '$date', unit: 'hour' } }, new Date('2021-03-14T09:00:00Z')],
      [{ $dateTrunc: { date: '$date', unit: 'week' } }, new Date('2021-03-14T00:00:00Z')],
      [{ $dateTrunc: { date: '$date', unit: 'week', startOfWeek: 'mon' } }, new Date('2021-03-08T00:00:00Z')],
      [{ $dateTrunc: { date: '$date', unit: 'quarter' } }, new Date('2021-01-01T00:00:00Z')],
      [{ $dateTrunc: { date: '$date', unit: 'month', binSize: 5 } }, new Date('2020-11-01T00:00:00Z')],
      [{ $dateTrunc: { date: '$date', unit: 'day', timezone: zone } }, new Date('2021-03-14T05:00:00Z')],
      [
        {
          $dateTrunc: {
            date: new Date('2020-05-18T14:10:30Z'),
            unit: 'week',
            binSize: 2,
            timezone: 'America/Los_Angeles',
            startOfWeek: 'Monday',
          },
        },
        new Date('2020-05-11T07:00:00Z'),
      ],
      [{ $dateTrunc: { date: '$missing', unit: 'day' } }, null],
    ],
    refused: [
      { $dateDiff: { startDate: 'x', endDate: '$date', unit: 'day' } },
      { $dateDiff: { startDate: '$date', endDate: '$date', unit: 'x' } },
      { $dateDiff: { startDate: '$date', endDate: '$date', unit: 'week', startOfWeek: 'x' } },
      { $dateTrunc: { date: '$date', unit: 'day', binSize: 0 } },
      { $dateTrunc: { date: 5, unit: 'day' } },
    ],
    malformed: [
      { $dateDiff: { startDate: '$date', unit: 'day' } },
      { $dateTrunc: { date: '$date' } },
      { $dateTrunc: '$date' },
    ],
  },
})
