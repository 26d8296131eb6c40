import { readFileSync } from 'node:fs'
import { fail } from '../project.ts'

const USER_ID = /^u_[\w-]{22}$/

/**
 * The user ids of a file: one a line, the first column of an `export`, or what `list --json` and `find` print. Nothing but the
 * place of an id is taken for one, since users choose their nicknames. A line without an id ends the program.
 */
export function readUserList(file: string): string[] {
  const text = readText(file).replace(/^\ufeff/, '')
  const ids = /^\s*[[{]/.test(text) ? idsOfJson(file, text) : idsOfLines(file, text)
  if (ids.length === 0) fail(`${file}: 没有用户编号 · no user ids`)
  return [...new Set(ids)]
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return fail(`${file}: 读不了 · cannot be read`)
  }
}

function idsOfLines(file: string, text: string): string[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [first = ''] = line.split(',')
    const id = first.trim().replace(/^"(.*)"$/, '$1')
    const isHeader = index === 0 && /userId|用户编号/.test(first)
    if (line.trim() === '' || line.startsWith('#') || isHeader) return []
    return USER_ID.test(id)
      ? [id]
      : fail(`${file}: 第 ${index + 1} 行不是用户编号 · line ${index + 1} has no user id`)
  })
}

function idsOfJson(file: string, text: string): string[] {
  const users = usersIn(parse(file, text))
  return users.map((user, index) => {
    const id = typeof user === 'string' ? user : (user as { userId?: unknown } | null)?.userId
    return typeof id === 'string' && USER_ID.test(id)
      ? id
      : fail(`${file}: 第 ${index + 1} 项没有 userId · item ${index + 1} has no userId`)
  })
}

function usersIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  const { users, data } = value as { users?: unknown; data?: { users?: unknown } }
  if (Array.isArray(users)) return users
  return Array.isArray(data?.users) ? data.users : []
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return fail(`${file}: 不是 JSON · is not JSON`)
  }
}
