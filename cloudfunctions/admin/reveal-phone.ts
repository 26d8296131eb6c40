import * as v from 'valibot'
import type { RevealPhoneData, RevealPhoneRequest } from '../../contract/admin.ts'
import { AppError } from '../shared/core/app-error.ts'
import { encryptForAdmin } from '../shared/crypto/admin-encryption.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { decryptPhoneNumber, keyIdOf } from '../shared/phone/phone-cipher.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { recordIntent } from '../shared/users/audit.ts'
import { reasonField, requireUser, userIdField } from './admin-user.ts'

export const revealInput = requestSchema<RevealPhoneRequest>()(
  v.object({ action: v.literal('reveal'), userId: userIdField, reason: reasonField }),
)

/**
 * The number, encrypted for the administrator's machine, after an audit entry with the administrator and the reason is
 * written.
 * @throws AppError NOT_FOUND for an unknown user, or one without a number; MISCONFIGURED when its key is missing
 */
export async function revealPhone(
  { userId, reason }: v.InferOutput<typeof revealInput>,
  call: AdminCall,
): Promise<RevealPhoneData> {
  const { phoneCipher } = await requireUser(call, userId)
  if (phoneCipher === '') throw new AppError('NOT_FOUND')
  const phone = decryptPhoneNumber(call.keys.phone, userId, phoneCipher)
  if (phone === undefined) {
    throw new AppError('MISCONFIGURED', {
      alarm: 'KEY_NEEDED',
      log: `the number was encrypted with key ${keyIdOf(phoneCipher)}: add it to LOGIN_SECRETS again`,
    })
  }
  const confirm = await recordIntent(call, { action: 'admin.reveal', userId, by: call.admin, reason })
  await confirm()
  return { sealedPhone: encryptForAdmin(call.keys.reveal, call.adminToken, phone) }
}
