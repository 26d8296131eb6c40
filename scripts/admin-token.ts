import { signAdminToken } from '../cloudfunctions/shared/admin-token.ts'
import { deriveKeys } from '../cloudfunctions/shared/keys.ts'
import { readSecrets } from '../cloudfunctions/shared/secrets.ts'

/**
 * A token for `admin`, good for ten minutes.
 * @param variables LOGIN_SECRETS and INDEX_SECRET of the deployment
 * @param name of the administrator, as `audit_logs` is to have it
 * @param now milliseconds since 1970, by the cloud's clock
 * @throws AppError MISCONFIGURED for secrets that are missing or malformed
 */
export function makeAdminToken(
  variables: Readonly<Record<string, string | undefined>>,
  name: string,
  now = Date.now(),
): string {
  return signAdminToken(deriveKeys(readSecrets(variables)).admin, name, now)
}
