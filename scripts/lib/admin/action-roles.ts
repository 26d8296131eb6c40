import type { AdminRequest, AdminRole } from '../../../contract/admin.ts'

const ROLES = {
  find: 'look',
  list: 'look',
  show: 'look',
  records: 'look',
  stats: 'look',
  reveal: 'reveal',
  disable: 'act',
  enable: 'act',
  endSessions: 'act',
  batch: 'act',
  transfer: 'act',
  import: 'act',
} as const satisfies Record<AdminRequest['action'], AdminRole>

/** What the token of a request must permit, and no more. */
export function roleFor({ action, dryRun }: { action: AdminRequest['action']; dryRun?: unknown }): AdminRole {
  return action === 'batch' && dryRun === true ? 'look' : ROLES[action]
}
