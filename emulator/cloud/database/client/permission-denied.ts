import { CloudError } from '../../errors.ts'

/** A mini-program may not do this (-502003). @param reason for the developer, beside the platform's words */
export function permissionDenied(reason: string): CloudError {
  return new CloudError('DATABASE_PERMISSION_DENIED', `Permission denied（${reason}）`)
}
