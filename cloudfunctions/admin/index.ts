import { administered } from '../shared/administered.ts'
import { byAction } from '../shared/by-action.ts'
import { serve } from '../shared/serve.ts'
import { changeStatusInput, disableUser, enableUser } from './change-status.ts'
import { findInput, findUsers } from './find-users.ts'
import { revealInput, revealPhone } from './reveal-phone.ts'
import { stats, statsInput } from './stats.ts'

/** What an administrator does in the cloud console's 云端测试; each act leaves its row in `audit_logs`. */
export const main = serve(
  'admin',
  byAction<object>({
    find: administered(findInput, findUsers),
    reveal: administered(revealInput, revealPhone),
    disable: administered(changeStatusInput, disableUser),
    enable: administered(changeStatusInput, enableUser),
    stats: administered(statsInput, stats),
  }),
)
