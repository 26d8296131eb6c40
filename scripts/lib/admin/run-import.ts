import type { ImportedFields, ImportUsersData } from '../../../contract/import-users.ts'
import { type Administrator, callAdmin } from './admin-cloud.ts'

export interface ImportCommand {
  /** Of the mini-program. */
  appid: string
  /** The collection with the old documents. */
  from: string
  fields: ImportedFields
  dryRun: boolean
}

/** How often a call that broke off is repeated: it finds the users whom it has added already. */
const MOST_TRIES = 3

/**
 * Imports the old documents of a collection of the cloud, call by call, and prints the sum of the figures. What
 * broke off goes on when it is run again. The exit code is 1 unless everything succeeded.
 */
export async function runImport(administrator: Administrator, command: ImportCommand): Promise<void> {
  const event = { action: 'import' as const, ...command }
  let sum: ImportUsersData | undefined
  let after: { after?: string } = {}
  let tries = 0
  for (;;) {
    const { result, errMsg } = await callAdmin(administrator, { ...event, ...after })
    tries += 1
    if (result?.code === 503 && tries < MOST_TRIES) continue
    if (result?.code !== 200) {
      console.log(JSON.stringify(result ?? { errMsg }, null, 2))
      process.exitCode = 1
      return
    }
    sum = sum ? add(sum, result.data) : result.data
    if (result.data.next === undefined) break
    after = { after: result.data.next }
    tries = 0
  }
  console.log(JSON.stringify({ code: 200, data: sum }, null, 2))
}

/** The figures of both, and of the second where to go on. */
function add(first: ImportUsersData, { next, ...second }: ImportUsersData): ImportUsersData {
  const sum = (name: Exclude<keyof ImportUsersData, 'next' | 'unreadableDocuments'>) =>
    first[name] + second[name]
  return {
    read: sum('read'),
    added: sum('added'),
    existing: sum('existing'),
    older: sum('older'),
    closed: sum('closed'),
    withoutPhone: sum('withoutPhone'),
    invalidPhone: sum('invalidPhone'),
    unreadable: sum('unreadable'),
    unreadableDocuments: [...first.unreadableDocuments, ...second.unreadableDocuments],
    ...(next === undefined ? {} : { next }),
  }
}
