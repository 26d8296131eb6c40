import type { AdminRequest } from '../../contract/admin.ts'
import { adminOnly } from '../shared/handlers/admin-only.ts'
import { byAction } from '../shared/handlers/by-action.ts'
import { serve } from '../shared/handlers/serve.ts'
import { batch, batchInput, batchRole } from './batch.ts'
import { changeStatusInput, disableUser, enableUser } from './change-status.ts'
import { endSessions, endSessionsInput } from './end-sessions.ts'
import { findInput, findUsers } from './find-users.ts'
import { importInput, importUsers } from './import-users.ts'
import { listInput, listUsers } from './list-users.ts'
import { listRecords, recordsInput } from './records.ts'
import { revealInput, revealPhone } from './reveal-phone.ts'
import { showInput, showUser } from './show-user.ts'
import { stats, statsInput } from './stats.ts'
import { transferAccount, transferInput } from './transfer-account.ts'

/** An administrator's actions in the cloud console's 云端测试. Each is recorded in `audit_logs`. */
export const main = serve(
  'admin',
  byAction<AdminRequest['action'], object>({
    find: adminOnly('look', findInput, findUsers),
    list: adminOnly('look', listInput, listUsers),
    show: adminOnly('look', showInput, showUser),
    records: adminOnly('look', recordsInput, listRecords),
    stats: adminOnly('look', statsInput, stats),
    reveal: adminOnly('reveal', revealInput, revealPhone),
    disable: adminOnly('act', changeStatusInput, disableUser),
    enable: adminOnly('act', changeStatusInput, enableUser),
    endSessions: adminOnly('act', endSessionsInput, endSessions),
    batch: adminOnly(batchRole, batchInput, batch),
    transfer: adminOnly('act', transferInput, transferAccount),
    import: adminOnly('act', importInput, importUsers),
  }),
)
