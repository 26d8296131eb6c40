import { rowsBelow } from '../mutation.ts'
import { ADMIN_TEST } from './server-tests.ts'

const LIST_TEST = 'cloudfunctions/admin/list-users.test.ts'
const RECORDS_TEST = 'cloudfunctions/admin/records.test.ts'
const BATCH_TEST = 'cloudfunctions/admin/batch.test.ts'
const ROLES_TEST = 'cloudfunctions/admin/admin-roles.test.ts'
const COMMAND_TEST = 'test/commands/admin-lists.test.ts'
const CLOUD_TEST = 'test/commands/admin-cloud.test.ts'

/** Guards of roles, lists and acts on many people, and of the command. */
export const ADMIN_ACT_GUARDS = [
  ...rowsBelow('cloudfunctions/')(
    [
      'an admin token permits its roles alone',
      'shared/handlers/admin-only.ts',
      'if (may.includes(role)) return',
      'if (may.length > 0) return',
      ROLES_TEST,
      'is accepted where it is needed, and the others are refused',
    ],
    [
      'a batch that is no dry run needs the role act',
      'admin/batch.ts',
      "return dryRun === true ? 'look' : 'act'",
      "return dryRun === undefined ? 'act' : 'look'",
      ROLES_TEST,
      'is accepted where it is needed, and the others are refused',
    ],
    [
      'an admin token with an unknown role is refused',
      'shared/crypto/admin-token.ts',
      'v.array(v.picklist(ADMIN_ROLES))',
      'v.array(v.string()), v.transform((roles) => roles.filter((role) => ADMIN_ROLES.some((known) => known === role)) as AdminRole[])',
      ADMIN_TEST,
      'of no known role',
    ],
    [
      'no list of users without a record',
      'admin/list-users.ts',
      'writeEntries(call, auditEntries(call, [event]))',
      'void [call, event, writeEntries, auditEntries]',
      LIST_TEST,
      'is recorded with the names of its filters',
    ],
    [
      'one user that cannot be read hides no other one from a list',
      'admin/list-users.ts',
      'if (!user) unreadable += 1',
      'if (!user) break',
      LIST_TEST,
      'leaves out documents that cannot be read or that a client wrote',
    ],
    [
      'a page of users goes on by id where several have the same value',
      'admin/behind.ts',
      ', { [field]: value, _id: furtherId }])',
      ', { [field]: value, _id: furtherId, [`${field}.x`]: 1 }])',
      LIST_TEST,
      'has everybody who matches',
    ],
    [
      'nobody is shown to an administrator without a record',
      'admin/show-user.ts',
      'writeEntries(call, auditEntries(call, [event]))',
      'void [event, writeEntries, auditEntries]',
      RECORDS_TEST,
      'is recorded under the person',
    ],
    [
      'no records are read without a record',
      'admin/records.ts',
      'writeEntries(call, auditEntries(call, [event]))',
      'void [event, writeEntries, auditEntries]',
      RECORDS_TEST,
      'is recorded with its filters',
    ],
    [
      'a record of a client’s is no record',
      'admin/audit-record.ts',
      " || '_openid' in document",
      '',
      RECORDS_TEST,
      'entries that clients wrote hide no other one',
    ],
    [
      'a dry run of a batch changes nothing',
      'admin/batch.ts',
      'if (isDryRun) {',
      'if (isDryRun && reason === userId) {',
      BATCH_TEST,
      'of a dry run changes nothing',
    ],
    [
      'one person’s failure does not end a batch',
      'admin/batch.ts',
      "if (why === 'NOT_FOUND') return",
      "if (why === 'INTERNAL') throw error\n    if (why === 'NOT_FOUND') return",
      BATCH_TEST,
      'does the others when one person is unknown',
    ],
    [
      'a batch answers before its time is over',
      'admin/batch.ts',
      'call.budget.left() > ENOUGH_MILLISECONDS',
      'call.budget.left() > -ENOUGH_MILLISECONDS',
      BATCH_TEST,
      'answers before its time is over',
    ],
  ),
  ...rowsBelow('scripts/lib/deployment/')([
    'no other user of the machine reads the token of a call',
    'invoke-function.ts',
    'mode: 0o600, ',
    'mode: 0o644, ',
    CLOUD_TEST,
    'puts neither token nor number on a command line',
  ]),
  ...rowsBelow('scripts/lib/admin/')(
    [
      'a spreadsheet takes no nickname for a formula',
      'export-users.ts',
      "`'${text}`",
      'text',
      COMMAND_TEST,
      'of which a spreadsheet takes nothing for a formula',
    ],
    [
      'a file of people is acted on after a confirmation',
      'run-batch.ts',
      'return typed === String(people)',
      'return typed !== undefined',
      COMMAND_TEST,
      'after a count and a confirmation',
    ],
    [
      'a nickname in a file is no user id',
      'user-list-file.ts',
      "const [first = ''] = line.split(',')",
      'const first = /u_[\\w-]{22}/.exec(line)?.[0] ?? line',
      COMMAND_TEST,
      'takes nothing of a file for a user id but what stands in its place',
    ],
    [
      'the token of a call permits what the call needs',
      'admin-cloud.ts',
      ', await cloud.now(), [roleFor(event)])',
      ', await cloud.now(), roleFor(event) ? undefined : [])',
      CLOUD_TEST,
      'permits no more than that call needs',
    ],
  ),
]
