import cloud from 'wx-server-sdk'
import { Unanswerable } from '../../core/answer.ts'
import type { Collection, Database } from '../../core/database.ts'
import { keep, readKept } from '../../core/kept.ts'
import type { QuestionCloud } from '../../core/question.ts'
import type { Leftovers } from './leftovers.ts'
import { COLLECTIONS } from './session.ts'

export interface CloudOptions {
  db: Database
  leftovers: Leftovers
  /** Those that a question has reached for are added. */
  used: Set<string>
  context: unknown
  caller: string
  token: string
}

const FIXTURE_KEY = 'parity-index-check'

/** What questions are given. */
export function questionCloud({ db, leftovers, used, context, caller, token }: CloudOptions): QuestionCloud {
  const collection = (name: string): Collection => {
    used.add(name)
    return db.collection(name)
  }
  return {
    cloud: cloud as QuestionCloud['cloud'],
    db,
    _: db.command,
    $: db.command.aggregate,
    get documents() {
      return collection(COLLECTIONS.documents)
    },
    get others() {
      return collection(COLLECTIONS.others)
    },
    async unique() {
      const unique = collection(COLLECTIONS.unique)
      await requireIndex(unique)
      return unique
    },
    async seed(...documents) {
      const target = collection(COLLECTIONS.documents)
      await Promise.all(documents.map((data) => target.add({ data })))
    },
    context,
    environment: process.env,
    caller,
    async path(name) {
      const path = `parity/${name}`
      await leftovers.keepPath(path)
      return path
    },
    async call(probe, data) {
      return cloud.callFunction({ name: functionName(), data: { token, probe, data } })
    },
    remember: (name, value) => keep(db, name, value),
    recall: (name) => readKept(db, name),
  }
}

/** As it was deployed. */
function functionName(): string {
  return process.env['SCF_FUNCTIONNAME'] || 'parity'
}

/** Without the index two documents with one key can be added. */
async function requireIndex(unique: Collection): Promise<void> {
  await unique.add({ data: { _id: 'a', key: FIXTURE_KEY } })
  const isUnique = await unique.add({ data: { _id: 'b', key: FIXTURE_KEY } }).then(
    () => false,
    () => true,
  )
  await Promise.all([unique.doc('a').remove(), unique.doc('b').remove()])
  if (!isUnique) throw new Unanswerable(`${COLLECTIONS.unique} has no unique index over "key"`)
}
