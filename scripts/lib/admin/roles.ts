import { ADMIN_ROLES } from '../../../cloudfunctions/shared/crypto/admin-token.ts'
import type { AdminRole } from '../../../contract/admin.ts'
import { fail } from '../project.ts'

/** What `--may look,act` names. An unknown role ends the program. */
export function readRoles(typed: string): AdminRole[] {
  const roles = typed.split(',').map((part) => {
    const role = ADMIN_ROLES.find((candidate) => candidate === part.trim())
    return role ?? fail(`--may ${typed}: ${ADMIN_ROLES.join(',')}`)
  })
  return [...new Set(roles)]
}
