import type { ListHistoryData, Visit } from '../../contract/app/history'
import type { Outcome } from '../auth/index'
import { callGuarded, deviceClock, failed } from '../auth/index'
import { ChangeListeners } from './change-listeners'
import { dayText } from './date-text'
import { keyOfText } from './document-key'
import type { ListSource } from './owned-list'

export interface VisitView {
  id: string
  city: string
  /** `2026-11-01` */
  savedOn: string
}

const changes = new ChangeListeners()

/** Records that the person has opened a destination, once a day. A failure is nobody's business. */
export async function recordVisit(city: string): Promise<void> {
  const key = `${keyOfText(city)}-${dayText(deviceClock.now())}`
  const outcome = await callGuarded('history', { action: 'save', key, city }).catch(() =>
    failed('INVALID_RESPONSE'),
  )
  if (outcome.ok) changes.notify()
}

export async function clearHistory(): Promise<Outcome<object>> {
  const outcome = await callGuarded('history', { action: 'clear' })
  if (outcome.ok) changes.notify()
  return outcome
}

/** For the list on a page. */
export const visits: ListSource<VisitView> = {
  onChange: (listener) => changes.add(listener),
  notify: (except) => changes.notify(except),
  remove: (id) => callGuarded('history', { action: 'remove', id }),
  async load(cursor) {
    const outcome = await listPage(cursor)
    if (!outcome.ok) return outcome
    const { items, ...more } = outcome.data
    return { ok: true, data: { items: items.map(viewOf), ...more } }
  },
}

function listPage(cursor?: string): Promise<Outcome<ListHistoryData>> {
  return callGuarded('history', { action: 'list', ...(cursor === undefined ? {} : { cursor }) })
}

function viewOf({ id, city, createdAt }: Visit): VisitView {
  return { id, city, savedOn: dayText(createdAt) }
}
