import { openForAdmin } from '../cloudfunctions/shared/admin-seal.ts'
import { signAdminToken } from '../cloudfunctions/shared/admin-token.ts'
import { deriveKeys } from '../cloudfunctions/shared/keys.ts'
import { readSecrets } from '../cloudfunctions/shared/secrets.ts'

type Variables = Readonly<Record<string, string | undefined>>

/**
 * A token for `admin`, good for ten minutes.
 * @param variables LOGIN_SECRETS and INDEX_SECRET of the deployment
 * @param name of the administrator, as `audit_logs` is to have it
 * @param now milliseconds since 1970, by the cloud's clock
 * @throws AppError MISCONFIGURED for secrets that are missing or malformed
 */
export function makeAdminToken(variables: Variables, name: string, now = Date.now()): string {
  return signAdminToken(deriveKeys(readSecrets(variables)).admin, name, now)
}

/**
 * @param sealedPhone as `admin.reveal` answers it
 * @returns the number in E.164; undefined unless it was sealed for a token that these variables made
 * @throws AppError MISCONFIGURED for secrets that are missing or malformed
 */
export function openSealedPhone(variables: Variables, sealedPhone: string): string | undefined {
  return openForAdmin(deriveKeys(readSecrets(variables)).reveal, sealedPhone)
}
