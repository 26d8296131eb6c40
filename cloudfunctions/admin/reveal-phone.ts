import * as v from 'valibot'
import type { RevealPhoneData } from '../../contract/admin.ts'
import { sealForAdmin } from '../shared/admin-seal.ts'
import type { AdminCall } from '../shared/administered.ts'
import { AppError } from '../shared/app-error.ts'
import { recordFirst } from '../shared/audit.ts'
import { openPhoneNumber } from '../shared/phone-cipher.ts'
import { reasonField, requireUser, userIdField } from './admin-user.ts'

export const revealInput = v.object({ action: v.literal('reveal'), userId: userIdField, reason: reasonField })

/**
 * The number, sealed for the administrator's machine, once the row that says who asked and why is written.
 * @throws AppError NOT_FOUND for nobody, or somebody without a number; MISCONFIGURED when its key is not set any more
 */
export async function revealPhone(
  { userId, reason }: v.InferOutput<typeof revealInput>,
  call: AdminCall,
): Promise<RevealPhoneData> {
  const { phoneCipher } = await requireUser(call, userId)
  if (phoneCipher === '') throw new AppError('NOT_FOUND')
  const phone = openPhoneNumber(call.keys.phone, userId, phoneCipher)
  if (phone === undefined) {
    throw new AppError('MISCONFIGURED', {
      log: `the number was encrypted with key ${keyIdOf(phoneCipher)}: add it to LOGIN_SECRETS again`,
    })
  }
  const done = await recordFirst(call, { act: 'admin.reveal', userId, by: call.admin, reason })
  await done()
  return { sealedPhone: sealForAdmin(call.keys.reveal, call.adminToken, phone) }
}

function keyIdOf(sealed: string): string {
  return /^[\w-]{1,16}(?=\.)/.exec(sealed)?.[0] ?? 'unknown'
}
