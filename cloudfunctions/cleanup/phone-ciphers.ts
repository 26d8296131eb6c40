import * as v from 'valibot'
import { log } from '../shared/core/log.ts'
import { decrypt, encrypt } from '../shared/crypto/encryption.ts'
import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { reportDamaged } from '../shared/database/damaged-document.ts'
import { command as _, query } from '../shared/database/database.ts'
import { encryptedWith, encryptedWithNoneOf, keyIdOf } from '../shared/phone/phone-cipher.ts'
import type { Invocation } from '../shared/request/call.ts'
import { users } from '../shared/users/users.ts'
import type { Batch } from './batch.ts'

/** Numbers of one batch: each is written by itself. */
const AT_ONCE = 50

const documentSchema = v.object({ _id: v.string(), phoneCipher: v.string() })

/**
 * After the first key of LOGIN_SECRETS has changed, encrypts the numbers of older keys with the new one, so that the older
 * keys can be removed. A number that cannot be decrypted is reported and not changed.
 * @param after the last cipher of the previous batch, so that none is read again
 */
export async function renewPhoneCiphers(invocation: Invocation, after: string): Promise<Batch> {
  const [current, ...older] = invocation.keys.phone
  if (after === '') await warnOfMissingKeys(invocation)
  const reached = older.findIndex(({ id }) => after.startsWith(`${id}.`))
  for (const { id } of older.slice(Math.max(reached, 0))) {
    const phoneCipher = after.startsWith(`${id}.`) ? encryptedWith(id).and(_.gt(after)) : encryptedWith(id)
    const selection = users()
      .where({ ...NOT_BY_CLIENT, phoneCipher })
      .orderBy('phoneCipher', 'asc')
      .limit(AT_ONCE)
    const { data } = await query(invocation.budget, selection.get())
    if (data.length === 0) continue
    const results = await Promise.all(data.map((document) => renew(invocation, document)))
    const unreadable = data.filter((_document, index) => results[index] === 'unreadable')
    reportDamaged(invocation, 'users', unreadable)
    const count = results.filter((result) => result === 'renewed').length
    const { functionName, requestId } = invocation
    log('info', { function: functionName, requestId, renewedCiphers: count, fromKey: id, toKey: current.id })
    return { count, next: cipherOf(data.at(-1)) }
  }
  return { count: 0 }
}

/** Changes the number only if it is still the one that was read: the user may be changing it. */
async function renew(
  { keys, budget }: Invocation,
  document: unknown,
): Promise<'renewed' | 'changed' | 'unreadable'> {
  const parsed = v.safeParse(documentSchema, document)
  if (!parsed.success) return 'unreadable'
  const { _id, phoneCipher } = parsed.output
  const number = decrypt(keys.phone, _id, phoneCipher)
  if (number === undefined) return 'unreadable'
  const change = { phoneCipher: encrypt(keys.phone, _id, number) }
  const { stats } = await query(budget, users().where({ _id, phoneCipher }).update({ data: change }))
  return stats.updated === 1 ? 'renewed' : 'changed'
}

/** The query matches only documents with a text in this field. */
function cipherOf(document: unknown): string {
  return String((document as { phoneCipher?: unknown }).phoneCipher)
}

/** Searches each range of ciphers between those of the configured keys. */
async function warnOfMissingKeys({ keys, budget, functionName, requestId }: Invocation): Promise<void> {
  for (const phoneCipher of encryptedWithNoneOf(keys.phone.map(({ id }) => id))) {
    const { data } = await query(
      budget,
      users()
        .where({ ...NOT_BY_CLIENT, phoneCipher })
        .limit(1)
        .get(),
    )
    if (data.length === 0) continue
    const id = keyIdOf(cipherOf(data[0]))
    const detail = `numbers are encrypted with key ${id}, which LOGIN_SECRETS does not name: add it again, or they stay unreadable`
    const alarm = 'KEY_NEEDED'
    log('alarm', { alarm, function: functionName, requestId, reason: 'MISCONFIGURED', detail })
    return
  }
}
