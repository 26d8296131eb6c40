import { type Administrator, callAdmin, dataOf } from './admin-cloud.ts'
import { type ListFilters, type ListPage, listPages } from './list-users.ts'
import { type Output, printJson, printPerson, printRecords, printUsers } from './print.ts'

/** `npm run admin -- list`: the first users, and how to go on. */
export async function runList(
  administrator: Administrator,
  filters: ListFilters,
  { limit, cursor }: { limit: number; cursor: string | undefined },
  output: Output,
): Promise<void> {
  let found: ListPage = { users: [], unreadable: 0 }
  for await (const { users, unreadable, nextCursor } of listPages(administrator, filters, {
    limit,
    cursor,
  })) {
    found = {
      users: [...found.users, ...users],
      unreadable: found.unreadable + unreadable,
      ...(nextCursor === undefined ? {} : { nextCursor }),
    }
  }
  if (output === 'json') {
    printJson(found)
    return
  }
  printUsers(found.users)
  if (found.unreadable > 0)
    console.error(
      `${found.unreadable} 个文档读不了，请看 cleanup 的日志 · cannot be read: see the log of cleanup`,
    )
  if (found.nextCursor !== undefined) console.log(`后面还有 · there are more: --cursor ${found.nextCursor}`)
}

/** `npm run admin -- show <user id>`. */
export async function runShow(administrator: Administrator, userId: string, output: Output): Promise<void> {
  const person = dataOf('show', await callAdmin(administrator, { action: 'show', userId }))
  if (output === 'json') printJson(person)
  else printPerson(person)
}

/** `npm run admin -- records [user id]`: one page. */
export async function runRecords(
  administrator: Administrator,
  filters: { userId?: string; act?: string; day?: string; cursor?: string },
  output: Output,
): Promise<void> {
  const page = dataOf('records', await callAdmin(administrator, { action: 'records', ...filters }))
  if (output === 'json') {
    printJson(page)
    return
  }
  printRecords(page.records)
  if (page.nextCursor !== undefined) console.log(`更早的 · older ones: --cursor ${page.nextCursor}`)
  else if (page.records.length === 0) console.log('没有记录 · no records')
}
