import type { OperationsSettings } from 'wechat-cloud-emulator/config'
import type { AdminRequest, AdminRole } from '../../../../contract/admin.ts'
import { localSecrets } from '../../keys/local-secrets.ts'
import { roleFor } from '../action-roles.ts'
import { administratorName } from '../administrator-name.ts'
import { accountOperations } from './account-operations.ts'
import { recordOperation } from './record-operation.ts'
import { searchOperations } from './search-operations.ts'
import { statsOperation } from './stats-operation.ts'

const OPERATIONS = [...searchOperations, recordOperation, ...accountOperations, statsOperation]

/**
 * What an administrator does in the console beside the phone: the actions of `admin`, each with a token of its own. The
 * token is made and sealed numbers are opened in the emulator's process.
 * @param dataDirectory of the embedded cloud, which has its secrets
 */
export function adminOperations(dataDirectory: string): OperationsSettings {
  return {
    title: '管理',
    operations: OPERATIONS,
    // Imported when they are needed: the settings are read before anything else starts.
    authorize: async ({ operation, now }) => {
      const { makeAdminToken } = await import('../admin-token.ts')
      const variables = { ...localSecrets(dataDirectory) }
      return { token: makeAdminToken(variables, administratorName(), now, [roleOf(operation)]) }
    },
    open: async (sealed) => {
      const { openSealedPhone } = await import('../admin-token.ts')
      return openSealedPhone({ ...localSecrets(dataDirectory) }, sealed)
    },
  }
}

/** What a token for an operation permits. */
function roleOf(operation: string): AdminRole {
  const { event } = OPERATIONS.find(({ id }) => id === operation) ?? {}
  return roleFor(event as { action: AdminRequest['action'] })
}
