import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('cloudfunctions/')
const ALARMS_TEST = 'test/alarms/alarms.test.ts'
const BACKLOG_TEST = 'cloudfunctions/cleanup/backlog.test.ts'

/** Guards of alarms, and of what housekeeping says it has left. */
export const ALARM_GUARDS = rows(
  [
    'a wrong configuration does not flood the alarms',
    'shared/core/log-failure.ts',
    '!raised.has(key) && raised.size < MOST_RAISED',
    'raised.size < MOST_RAISED',
    ALARMS_TEST,
    'raises MISCONFIGURED once an instance',
  ],
  [
    'each reason of a wrong configuration is an alarm of its own',
    'shared/core/log-failure.ts',
    '`${alarm} ${entry.detail}`',
    '`${alarm}`',
    ALARMS_TEST,
    'raises it once for each reason',
  ],
  [
    'a number is never logged as the id of a key',
    'shared/phone/phone-cipher.ts',
    "id === undefined || /\\d{7}/.test(id) ? 'unknown' : id",
    "id ?? 'unknown'",
    ALARMS_TEST,
    'is not logged as the id of a key',
  ],
  [
    'housekeeping that is late is an alarm',
    'cleanup/backlog.ts',
    '    isLate || (task in WAITING',
    '    (task in WAITING',
    BACKLOG_TEST,
    'has waited for more than six hours',
  ],
  [
    'more than a day of runs handles is an alarm before it is late',
    'cleanup/backlog.ts',
    'count > RUNS_OF_A_DAY * processed',
    'count > RUNS_OF_A_DAY * RUNS_OF_A_DAY * processed',
    BACKLOG_TEST,
    'left that are not late, after a run that handled 1',
  ],
  [
    'a batch by age deletes nothing younger than its last',
    'cleanup/aged-documents.ts',
    '[field]: _.lt(before).and(_.lte(until))',
    '[field]: _.lt(before).or(_.gte(until))',
    BACKLOG_TEST,
    'none that is younger',
  ],
  [
    'documents that cannot be handled do not hide others of the same time',
    'cleanup/batch.ts',
    "id === '' ? { [field]: from } : { [field]: from, _id: _.gt(id) }",
    '{ [field]: from, _id: _.gt(`${id}~`) }',
    BACKLOG_TEST,
    'documents of one time are all handled',
  ],
)
