import { DAY_MILLISECONDS, startOfDay } from '../../../cloudfunctions/shared/users/count-days.ts'
import type { ListUsersRequest } from '../../../contract/admin.ts'
import type { AdminUser } from '../../../contract/admin-look.ts'
import { fail } from '../project.ts'
import { type Administrator, callAdmin, dataOf } from './admin-cloud.ts'

/** As the contract has them, without paging. */
export type ListFilters = Omit<ListUsersRequest, 'action' | 'cursor' | 'limit' | 'reason'>

/** As they are typed. */
export interface TypedFilters {
  nickname?: string | undefined
  device?: string | undefined
  status?: string | undefined
  'last-login'?: string | undefined
  created?: string | undefined
}

const STATUSES = ['active', 'disabled', 'closing'] as const

/** @throws never: what is no filter ends the program with a line */
export function readFilters(typed: TypedFilters): ListFilters {
  const status = STATUSES.find((candidate) => candidate === typed.status)
  if (typed.status !== undefined && !status) fail(`--status ${typed.status}: ${STATUSES.join(' | ')}`)
  const [lastLoginFrom, lastLoginBefore] = readRange('--last-login', typed['last-login'])
  const [createdFrom, createdBefore] = readRange('--created', typed.created)
  const filters = {
    nickname: typed.nickname,
    device: typed.device,
    status,
    lastLoginFrom,
    lastLoginBefore,
    createdFrom,
    createdBefore,
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

/** `2026-11-01..2026-11-29`, both days of China included; either may be left out, and one day stands for itself. */
function readRange(option: string, typed: string | undefined): [from?: string, before?: string] {
  if (typed === undefined) return []
  const [first = '', last = first] = typed.split('..')
  const from = readDay(first)
  const lastDay = readDay(last)
  if (!isDay(first) || !isDay(last) || typed.split('..').length > 2 || first + last === '')
    fail(`${option} ${typed}: 2026-11-01..2026-11-29 | 2026-11-01.. | ..2026-11-29 | 2026-11-29`)
  return [
    ...(from === undefined ? [undefined] : [new Date(from).toISOString()]),
    ...(lastDay === undefined ? [] : [new Date(lastDay + DAY_MILLISECONDS).toISOString()]),
  ] as [from?: string, before?: string]
}

function isDay(text: string): boolean {
  return text === '' || readDay(text) !== undefined
}

/** When a day begins in China; undefined for what is no day. */
function readDay(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const time = startOfDay(text)
  return Number.isNaN(time) ? undefined : time
}

export interface ListPage {
  users: AdminUser[]
  unreadable: number
  nextCursor?: string
}

const MOST_ROWS = 200

/** Yields page after page until the last one. @param limit of all pages together */
export async function* listPages(
  administrator: Administrator,
  filters: ListFilters,
  { limit = Number.POSITIVE_INFINITY, cursor: first }: { limit?: number; cursor?: string | undefined } = {},
): AsyncGenerator<ListPage> {
  let cursor = first
  let rest = limit
  do {
    const answer = await callAdmin(administrator, {
      action: 'list',
      ...filters,
      limit: Math.min(rest, MOST_ROWS),
      ...(cursor === undefined ? {} : { cursor }),
    })
    const page = dataOf('list', answer)
    yield page
    rest -= page.users.length
    cursor = page.nextCursor
  } while (cursor !== undefined && rest > 0)
}
