import { type ActionRequest, EDIT, OPENAPI } from './request.ts'
import type { Step } from './step.ts'

/**
 * The reads and writes of each action by collection, as a search meets them. Two steps are independent if their order
 * changes neither what is stored nor what they are answered: two reads, two inserts into `audit_logs`, and steps on a
 * collection that the other action never touches. Of two independent steps one order is enough.
 *
 * A search that has met a new access must be repeated: it may have left out steps that conflict with it.
 */
export class Independence {
  readonly #accesses = new Map<string, Set<string>>()

  record(action: string, request: ActionRequest): void {
    const accesses = this.#accesses.get(action) ?? new Set()
    this.#accesses.set(action, accesses)
    for (const access of accessesOf(request)) accesses.add(access)
  }

  /** How many accesses are known. */
  get size(): number {
    return [...this.#accesses.values()].reduce((sum, accesses) => sum + accesses.size, 0)
  }

  /**
   * The steps that must be explored: a single one if it is independent of all that may still come, else all.
   * @param actions their names, by number
   */
  persistentSet(enabled: readonly Step[], actions: readonly string[]): readonly Step[] {
    const independent = enabled.find((step) => this.#isIndependent(step, enabled, actions))
    return independent === undefined ? enabled : [independent]
  }

  #isIndependent(step: Step, enabled: readonly Step[], actions: readonly string[]): boolean {
    const { number } = step
    const conflicts = accessesOf(step.event.request).flatMap((access) => {
      const [mode = '', collection] = access.split(' ')
      return [...(CONFLICTS[mode] ?? '')].map((other) => `${other} ${collection}`)
    })
    if (conflicts.length === 0) return true
    // A request beside it in the same call may lead to any other request of that call before it.
    const isBeside = enabled.some((other) => other !== step && other.number === number)
    const others = actions.filter((_action, index) => isBeside || index !== number)
    return !others.some((action) => conflicts.some((access) => this.#accesses.get(action)?.has(access)))
  }
}

export function isRead({ action }: ActionRequest): boolean {
  return /^database\.(get|calculate|aggregate)|^storage\.batchGet/.test(action)
}

/** Modes in the same collection whose order with this mode makes a difference: (r)ead, (w)rite, (a)dd. */
const CONFLICTS: Readonly<Record<string, string>> = { r: 'wa', w: 'rwa', a: 'rw' }

/** Its documents get random ids, so that no two inserts meet. */
const INSERT_ONLY = 'audit_logs'

/** Its numbers are only added to, in documents that are there at the start, and no answer depends on them. */
const ONLY_ADDED_TO = 'daily_counts'

/** Each kind of its documents is asked for by `_id` alone, so each kind counts as a collection. */
const COUNTERS = 'rate_limits'
const KINDS_OF_COUNTERS = ['code', 'update', 'avatarUpload', 'logout', 'export', 'transfer', 'closed']

/** Each access is a mode and a collection, such as `r users`. None for a request whose order never matters. */
function accessesOf(request: ActionRequest): string[] {
  const { name, action, fields } = request
  if (action === EDIT.action) return ['w users']
  // Each phone code belongs to one call.
  if (action === OPENAPI) return []
  const [, target = ''] = /^\S+ (.*?)(?:#\d+)?$/.exec(name) ?? []
  const collection = action.startsWith('storage.') ? 'storage' : target
  if (collection === ONLY_ADDED_TO) return []
  const isInsert = action === 'database.insertDocument' && collection === INSERT_ONLY
  const mode = isRead(request) ? 'r' : isInsert ? 'a' : 'w'
  if (collection !== COUNTERS) return [`${mode} ${collection}`]
  return countersIn(fields).map((kind) => `${mode} ${collection}.${kind}`)
}

/** The kinds of counters whose `_id` a request names. All, if it names none. */
function countersIn(fields: ActionRequest['fields']): readonly string[] {
  const text = JSON.stringify([fields['query'], fields['data']]).replaceAll('\\', '')
  const named = KINDS_OF_COUNTERS.filter((kind) => {
    return kind === 'closed' ? text.includes('"closed.') : new RegExp(`"u_[\\w-]{22}\\.${kind}"`).test(text)
  })
  return named.length > 0 ? named : KINDS_OF_COUNTERS
}
