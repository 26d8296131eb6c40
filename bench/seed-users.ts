import { randomFillSync } from 'node:crypto'
import type { Document } from 'wechat-cloud-emulator/testing'
import { databaseName } from '../cloudfunctions/shared/database/collection-names.ts'
import { newDatabase } from './new-database.ts'

const BATCH = 5000
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** Audit entries are kept for 180 days; none here becomes old enough to be removed. */
const ENTRY_DAYS = 170

/** Documents as the functions write them. The seeded ones differ in ids, hashes and times. */
export interface Templates {
  user: Document
  auditEntry: Document
}

/**
 * Fills a data folder with users and their audit entries, in collections with the project's indexes. Writes straight
 * to the store, so no cloud may be running on the folder.
 * @param progress is called with the number of users so far
 */
export async function seedUsers(
  directory: string,
  counts: { users: number; entriesEach: number },
  templates: Templates,
  progress: (done: number) => void = () => {},
): Promise<void> {
  const database = newDatabase(directory)
  const ids = newIds(counts.users)
  for (let done = 0; done < ids.length; done += BATCH) {
    database.insert(documentsOf(ids.slice(done, done + BATCH), counts.entriesEach, templates), {
      areNew: true,
    })
    progress(Math.min(done + BATCH, ids.length))
    // Lets the progress be shown and Ctrl-C take effect.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await database.close()
}

function* documentsOf(
  ids: readonly string[],
  entriesEach: number,
  templates: Templates,
): Generator<[string, Document]> {
  for (const id of ids) {
    yield [databaseName('users'), newUser(id, templates.user)]
    for (let n = 0; n < entriesEach; n++)
      yield [databaseName('audit_logs'), newEntry(id, templates.auditEntry)]
  }
}

/**
 * User ids in the order of the index, so that the index grows at its end. In any other order every batch would leave
 * most of the store's pages free, and each later write would have to keep their list.
 */
function newIds(count: number): string[] {
  return Array.from({ length: count }, () => `u_${randomText(17).slice(0, 22)}`).sort()
}

function newUser(id: string, template: Document): Document {
  const random = randomText(32)
  return { ...template, _id: id, openid: `o${random.slice(0, 27)}`, phoneHash: random }
}

function newEntry(userId: string, template: Document): Document {
  const at = new Date(Date.now() - Math.random() * ENTRY_DAYS * DAY_MILLISECONDS)
  return { ...template, _id: randomText(12), userId, at }
}

/** Filled as a whole, since the millions of ids would take most of the time otherwise. */
const randomness = Buffer.alloc(64 * 1024)
let spent = randomness.length

/** @returns base64url */
function randomText(bytes: number): string {
  if (spent + bytes > randomness.length) {
    randomFillSync(randomness)
    spent = 0
  }
  spent += bytes
  return randomness.toString('base64url', spent - bytes, spent)
}
