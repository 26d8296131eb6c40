import { randomBytes } from 'node:crypto'
import type { Document } from 'wechat-cloud-emulator/testing'
import { OWNED_COLLECTIONS } from '../cloudfunctions/app-config.ts'
import { encrypt } from '../cloudfunctions/shared/crypto/encryption.ts'
import { deriveKeys } from '../cloudfunctions/shared/crypto/keys.ts'
import { readSecrets } from '../cloudfunctions/shared/crypto/secrets.ts'
import { databaseName } from '../cloudfunctions/shared/database/collection-names.ts'
import type { SecretVariables } from '../scripts/lib/keys/make-secrets.ts'
import { newDatabase } from './new-database.ts'

const HOUR_MILLISECONDS = 60 * 60 * 1000
const DAY_HOURS = 24
/** Audit entries of each closed account. */
export const ENTRIES_EACH = 3
const BUCKET = 'cloud://bench.6265-bench-1250000000'

type Written = Iterable<readonly [collection: string, document: Document]>

/** For each task of the timer, by its name: so many documents that are due. */
const DUE_DOCUMENTS: Readonly<Record<string, (count: number, former: SecretVariables) => Written>> = {
  finishedClosings: function* (count) {
    for (let n = 0; n < count; n++) {
      const user = { ...newUser(), status: 'closing', closingAt: hoursAgo(1), sessions: [] }
      yield ['users', user]
      yield [OWNED_COLLECTIONS[0] ?? 'users', ownedBy(user)]
    }
  },
  forgottenAccounts: function* (count) {
    for (let n = 0; n < count; n++) {
      const { _id: userId, generation } = newUser()
      yield [
        'closed_accounts',
        { _id: newId(), userId, generation, closedAt: hoursAgo(3), dueAt: hoursAgo(1) },
      ]
      for (let entry = 0; entry < ENTRIES_EACH; entry++)
        yield ['audit_logs', { _id: newId(), userId, at: hoursAgo(5), act: 'login', by: 'user' }]
    }
  },
  expiredSessions: function* (count) {
    for (let n = 0; n < count; n++) {
      const session = { id: newId(), createdAt: hoursAgo(800), lastSeenAt: hoursAgo(800) }
      yield ['users', { ...newUser(), sessions: [{ ...session, expiresAt: hoursAgo(1) }] }]
    }
  },
  oldRecords: function* (count) {
    for (let n = 0; n < count; n++) {
      const at = hoursAgo(181 * DAY_HOURS + n / count)
      yield ['audit_logs', { _id: newId(), userId: newId(), at, act: 'login', by: 'user', outcome: 'done' }]
    }
  },
  oldCounts: function* (count) {
    for (let n = 0; n < count; n++) {
      const at = hoursAgo(2 + n / count)
      yield ['rate_limits', { _id: `u_${newId()}.code`, at: [at], updatedAt: at }]
    }
  },
  orphanedAvatars: function* (count) {
    for (let n = 0; n < count; n++) {
      const _id = `avatars/${newId()}.png`
      const times = { createdAt: hoursAgo(6), touchedAt: hoursAgo(5) }
      yield ['avatars', { _id, userId: newId(), ...times, settled: false, fileId: `${BUCKET}/${_id}` }]
    }
  },
  renewedCiphers: function* (count, former) {
    const keys = deriveKeys(readSecrets({ ...former }))
    for (let n = 0; n < count; n++) {
      const user = newUser()
      yield ['users', { ...user, phoneCipher: encrypt(keys.phone, user._id, '+8613800138000') }]
    }
  },
}

/**
 * Makes a data folder whose timer has something to do, in collections with the project's indexes. No cloud may be running
 * on the folder.
 * @param counts of due documents, by the timer's task
 * @param former the secrets before the last rotation
 */
export async function seedDueDocuments(
  directory: string,
  counts: Readonly<Record<string, number>>,
  former: SecretVariables,
): Promise<void> {
  const database = newDatabase(directory)
  for (const [task, count] of Object.entries(counts)) {
    database.insert(inDatabase(DUE_DOCUMENTS[task]?.(count, former) ?? []))
  }
  await database.close()
}

function* inDatabase(documents: Written): Written {
  for (const [name, document] of documents) yield [databaseName(name), document]
}

const newId = () => randomBytes(12).toString('base64url')
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MILLISECONDS)

function newUser() {
  const _id = `u_${randomBytes(17).toString('base64url').slice(0, 22)}`
  return {
    _id,
    openid: `o${newId()}`,
    generation: `mark.${newId()}`,
    createdAt: hoursAgo(1000),
    sessions: [],
  }
}

function ownedBy({ _id: userId, generation }: { _id: string; generation: string }): Document {
  return { _id: `${userId}.document`, userId, generation, createdAt: hoursAgo(900) }
}
