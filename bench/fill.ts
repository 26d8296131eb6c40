import { randomBytes } from 'node:crypto'
import { Catalog } from '../emulator/cloud/database/storage/catalog.ts'
import { Records } from '../emulator/cloud/database/storage/records.ts'
import type { Document } from '../emulator/cloud/database/values/document.ts'
import { Store } from '../emulator/cloud/store.ts'
import { COLLECTIONS } from '../scripts/ensure-collections.ts'
import { INDEXES } from '../scripts/indexes.ts'

const BATCH = 5000
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** Records are kept for 180 days; none is old enough to be removed while it is measured. */
const RECORD_DAYS = 170

/** Documents as our own functions write them; the others differ in what is each person's own. */
export interface Templates {
  user: Document
  record: Document
}

/**
 * Makes a data folder of people who have logged in, each with some records, in collections with the project's indexes,
 * written straight into the store as the embedded cloud itself would. No cloud may be running on the folder.
 * @param progress told how many people are done
 */
export async function fillCloud(
  directory: string,
  people: { users: number; recordsEach: number },
  templates: Templates,
  progress: (done: number) => void = () => {},
): Promise<void> {
  const store = new Store(directory)
  const catalog = new Catalog(store)
  const records = new Records(store)
  store.write(() => {
    for (const name of COLLECTIONS) catalog.create(name, 'ADMINONLY')
    for (const { collection, name, fields } of INDEXES) {
      catalog.addIndex(collection, { name, keys: fields.map((field) => ({ field, direction: 1 as const })) })
    }
  })
  const [users, logs] = [catalog.get('users'), catalog.get('audit_logs')]
  const ids = newIds(people.users)
  for (let done = 0; done < ids.length; done += BATCH) {
    store.write(() => {
      for (const id of ids.slice(done, done + BATCH)) {
        records.insert(users, somebody(id, templates.user))
        for (let n = 0; n < people.recordsEach; n++) records.insert(logs, recordOf(id, templates.record))
      }
    })
    progress(Math.min(done + BATCH, ids.length))
    // The progress is shown, and Ctrl-C heard, between two batches.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await store.close()
}

/**
 * User ids in the order of the index, so that it grows at its end: in any other order every batch would leave most of
 * the store's pages behind as free ones, and each later write would have their list to keep.
 */
function newIds(count: number): string[] {
  return Array.from({ length: count }, () => `u_${randomBytes(17).toString('base64url').slice(0, 22)}`).sort()
}

function somebody(id: string, template: Document): Document {
  const own = randomBytes(32).toString('base64url')
  return { ...template, _id: id, openid: `o${own.slice(0, 27)}`, phoneHash: own }
}

function recordOf(userId: string, template: Document): Document {
  const at = new Date(Date.now() - Math.random() * RECORD_DAYS * DAY_MILLISECONDS)
  return { ...template, _id: randomBytes(12).toString('base64url'), userId, at }
}
