import * as v from 'valibot'
import type { Invocation } from '../shared/call.ts'
import { NOT_BY_CLIENT } from '../shared/client-document.ts'
import { reportDamaged } from '../shared/damaged-document.ts'
import { command as _, ask } from '../shared/database.ts'
import { log } from '../shared/log.ts'
import { sealedWith, sealedWithNone } from '../shared/phone-key.ts'
import { seal, unseal } from '../shared/sealed.ts'
import { users } from '../shared/users.ts'
import type { Batch } from './batch.ts'

const AT_ONCE = 25

const documentSchema = v.object({ _id: v.string(), phoneCipher: v.string() })

/**
 * After the first key of LOGIN_SECRETS has changed: encrypts numbers anew that were encrypted with an older one, so
 * that the older one can be dropped. What cannot be opened is left as it is, and said.
 * @param after the cipher that the batch before ended with, so that none comes back
 */
export async function renewPhoneCiphers(invocation: Invocation, after: string): Promise<Batch> {
  const [current, ...older] = invocation.keys.phone
  if (after === '') await warnOfMissingKeys(invocation)
  const reached = older.findIndex(({ id }) => after.startsWith(`${id}.`))
  for (const { id } of older.slice(Math.max(reached, 0))) {
    const phoneCipher = after.startsWith(`${id}.`) ? sealedWith(id).and(_.gt(after)) : sealedWith(id)
    const query = users()
      .where({ ...NOT_BY_CLIENT, phoneCipher })
      .orderBy('phoneCipher', 'asc')
      .limit(AT_ONCE)
    const { data } = await ask(invocation.budget, query.get())
    if (data.length === 0) continue
    const ends = await Promise.all(data.map((document) => renew(invocation, document)))
    const unreadable = data.filter((_document, place) => ends[place] === 'unreadable')
    reportDamaged(invocation, 'users', unreadable)
    const count = ends.filter((end) => end === 'renewed').length
    const { functionName, requestId } = invocation
    log('info', { function: functionName, requestId, renewedCiphers: count, fromKey: id, toKey: current.id })
    return { count, next: cipherOf(data.at(-1)) }
  }
  return { count: 0 }
}

/** Only if the number is still the one that was read: the user may be changing it. */
async function renew(
  { keys, budget }: Invocation,
  document: unknown,
): Promise<'renewed' | 'changed' | 'unreadable'> {
  const parsed = v.safeParse(documentSchema, document)
  if (!parsed.success) return 'unreadable'
  const { _id, phoneCipher } = parsed.output
  const number = unseal(keys.phone, _id, phoneCipher)
  if (number === undefined) return 'unreadable'
  const change = { phoneCipher: seal(keys.phone, _id, number) }
  const { stats } = await ask(budget, users().where({ _id, phoneCipher }).update({ data: change }))
  return stats.updated === 1 ? 'renewed' : 'changed'
}

/** The query was for such a text. */
function cipherOf(document: unknown): string {
  return String((document as { phoneCipher?: unknown }).phoneCipher)
}

/** Looks into each of the gaps that the keys that are set leave among all ciphers. */
async function warnOfMissingKeys({ keys, budget, functionName, requestId }: Invocation): Promise<void> {
  for (const phoneCipher of sealedWithNone(keys.phone.map(({ id }) => id))) {
    const { data } = await ask(budget, users().where({ phoneCipher }).limit(1).get())
    if (data.length === 0) continue
    const [id] = cipherOf(data[0]).split('.')
    const detail = `numbers are encrypted with key ${id}, which LOGIN_SECRETS does not name: add it again, or they stay unreadable`
    log('error', { function: functionName, requestId, reason: 'MISCONFIGURED', detail })
    return
  }
}
