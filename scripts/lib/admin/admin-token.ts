import { decryptForAdmin } from '../../../cloudfunctions/shared/crypto/admin-encryption.ts'
import { ADMIN_ROLES, signAdminToken } from '../../../cloudfunctions/shared/crypto/admin-token.ts'
import { deriveKeys } from '../../../cloudfunctions/shared/crypto/keys.ts'
import { readSecrets } from '../../../cloudfunctions/shared/crypto/secrets.ts'
import type { AdminRole } from '../../../contract/admin.ts'

export type Variables = Readonly<Record<string, string | undefined>>

/**
 * A token for `admin`, good for ten minutes.
 * @param variables LOGIN_SECRETS and INDEX_SECRET of the deployment
 * @param name of the administrator, for `audit_logs`
 * @param now milliseconds since 1970, by the cloud's clock
 * @param may what it permits, by default everything
 * @throws AppError MISCONFIGURED for secrets that are missing or malformed
 */
export function makeAdminToken(
  variables: Variables,
  name: string,
  now = Date.now(),
  may: readonly AdminRole[] = ADMIN_ROLES,
): string {
  return signAdminToken(deriveKeys(readSecrets(variables)).admin, { name, may }, now)
}

/**
 * @param sealedPhone as `admin.reveal` answers it
 * @returns the number in E.164; undefined if it was sealed for a token of other variables
 * @throws AppError MISCONFIGURED for secrets that are missing or malformed
 */
export function openSealedPhone(variables: Variables, sealedPhone: string): string | undefined {
  return decryptForAdmin(deriveKeys(readSecrets(variables)).reveal, sealedPhone)
}
