import { type Asked, EDIT, OPENAPI } from './asked.ts'
import type { Step } from './step.ts'

/**
 * What each action has been seen to read and write, by collection. Two operations whose order makes no difference,
 * neither to what is stored nor to what they are answered, need not be tried in both: reads beside reads, rows added to
 * `audit_logs` beside one another, and operations on collections that the other action never touches. What is left are
 * the interleavings that differ, all of them.
 *
 * Footprints grow: an action that, in some interleaving, touches what it never touched before is tried again with all
 * that was left out for it.
 */
export class Footprints {
  readonly #seen = new Map<string, Set<string>>()
  /** Goes up with everything that is seen for the first time. */
  version = 0

  note(action: string, asked: Asked): void {
    const print = this.#seen.get(action) ?? new Set()
    this.#seen.set(action, print)
    for (const touched of touchedBy(asked)) {
      if (print.has(touched)) continue
      print.add(touched)
      this.version += 1
    }
  }

  /**
   * The steps that have to be tried: one, if there is one whose order makes no difference to any that may still come.
   * @param actions their names, by number
   */
  toTry(choices: readonly Step[], actions: readonly string[]): readonly Step[] {
    const alone = choices.find((choice) => this.#isIndependent(choice, choices, actions))
    return alone === undefined ? choices : [alone]
  }

  #isIndependent(choice: Step, choices: readonly Step[], actions: readonly string[]): boolean {
    const { number } = choice
    const conflicts = touchedBy(choice.deed.asked).flatMap((touched) => {
      const [mode = '', collection] = touched.split(' ')
      return [...(CONFLICTS[mode] ?? '')].map((other) => `${other} ${collection}`)
    })
    if (conflicts.length === 0) return true
    // What is beside it in the same call may lead to any other operation of that call before it.
    const isBeside = choices.some((other) => other !== choice && other.number === number)
    const others = actions.filter((_action, place) => isBeside || place !== number)
    return !others.some((action) => conflicts.some((mark) => this.#seen.get(action)?.has(mark)))
  }
}

/** With what, in the same collection, the order of a read, a write or an addition makes a difference. */
const CONFLICTS: Readonly<Record<string, string>> = { r: 'wa', w: 'rwa', a: 'rw' }

const READS = /^database\.(get|calculate|aggregate)|^storage\.batchGet/
/** Documents whose ids are drawn at random, so that no addition meets another. */
const ROWS = 'audit_logs'

/** Each kind of its documents is asked for by `_id` alone, so it counts as a collection of its own. */
const COUNTS = 'rate_limits'
const KINDS = ['code', 'update', 'avatarUpload', 'logout', 'export', 'closed']

/**
 * `r`, `w` or `a` (adds what is like nothing that is there) and the collection; nothing for what never matters. An
 * edit in the console writes `users`.
 */
function touchedBy({ name: operation, action, fields }: Asked): string[] {
  if (action === EDIT.action) return ['w users']
  // The order of these makes no difference: each code is one call's own.
  if (action === OPENAPI) return []
  const [, name = '', target = ''] = /^(\S+) (.*?)(#\d+)?$/.exec(operation) ?? []
  const collection = name.startsWith('storage.') ? 'storage' : target
  const mode = READS.test(name) ? 'r' : name === 'database.insertDocument' && collection === ROWS ? 'a' : 'w'
  if (collection !== COUNTS) return [`${mode} ${collection}`]
  return kindsIn(fields).map((kind) => `${mode} ${collection}.${kind}`)
}

/** The kinds that a request names in an `_id`; all, if it names none. */
function kindsIn(fields: Asked['fields']): readonly string[] {
  const text = JSON.stringify([fields['query'], fields['data']]).replaceAll('\\', '')
  const named = KINDS.filter((kind) => {
    return kind === 'closed' ? text.includes('"closed.') : new RegExp(`"u_[\\w-]{22}\\.${kind}"`).test(text)
  })
  return named.length > 0 ? named : KINDS
}
