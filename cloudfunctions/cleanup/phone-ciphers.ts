import * as v from 'valibot'
import type { Invocation } from '../shared/call.ts'
import { NOT_BY_CLIENT } from '../shared/client-document.ts'
import { ask } from '../shared/database.ts'
import { log } from '../shared/log.ts'
import { sealedWith, sealedWithOthers } from '../shared/phone-key.ts'
import { seal, unseal } from '../shared/sealed.ts'
import { users } from '../shared/users.ts'
import { BATCH } from './batch.ts'

const AT_ONCE = 25

const documentSchema = v.object({ _id: v.string(), phoneCipher: v.string() })

/**
 * After the first key of LOGIN_SECRETS has changed: encrypts numbers anew that were encrypted with an older one, so
 * that the older one can be dropped. What is sealed with a key that is not set is left as it is, and said.
 */
export async function renewPhoneCiphers(invocation: Invocation): Promise<number> {
  const [current, ...older] = invocation.keys.phone
  await warnOfMissingKeys(invocation)
  for (const { id } of older) {
    const query = users()
      .where({ ...NOT_BY_CLIENT, phoneCipher: sealedWith(id) })
      .limit(AT_ONCE)
    const { data } = await ask(invocation.budget, query.get())
    if (data.length === 0) continue
    const renewed = await Promise.all(data.map((document) => renew(invocation, document)))
    const count = renewed.filter((done) => done).length
    const { functionName, requestId } = invocation
    log('info', { function: functionName, requestId, renewedCiphers: count, fromKey: id, toKey: current.id })
    return count === AT_ONCE ? BATCH : count
  }
  return 0
}

/** Only if the number is still the one that was read: the user may be changing it. */
async function renew({ keys, budget }: Invocation, document: unknown): Promise<boolean> {
  const parsed = v.safeParse(documentSchema, document)
  if (!parsed.success) return false
  const { _id, phoneCipher } = parsed.output
  const number = unseal(keys.phone, _id, phoneCipher)
  if (number === undefined) return false
  const change = { phoneCipher: seal(keys.phone, _id, number) }
  const { stats } = await ask(budget, users().where({ _id, phoneCipher }).update({ data: change }))
  return stats.updated === 1
}

async function warnOfMissingKeys({ keys, budget, functionName, requestId }: Invocation): Promise<void> {
  const found = await Promise.all(
    sealedWithOthers(keys.phone.map(({ id }) => id)).map(async (phoneCipher) => {
      const { data } = await ask(budget, users().where({ phoneCipher }).limit(1).get())
      return data
    }),
  )
  const parsed = v.safeParse(documentSchema, found.flat()[0])
  if (!parsed.success) return
  const [id] = parsed.output.phoneCipher.split('.')
  const detail = `numbers are encrypted with key ${id}, which LOGIN_SECRETS does not name: add it again, or they stay unreadable`
  log('error', { function: functionName, requestId, reason: 'MISCONFIGURED', detail })
}
