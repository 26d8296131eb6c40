/**
 * What each action has been seen to read and write, by collection. Two operations whose order makes no difference need
 * not be tried in both: reads beside reads, deletions beside deletions, and operations on collections that the other action never touches. What is
 * left are the interleavings that differ, all of them.
 *
 * Footprints grow: an action that, in some interleaving, touches what it never touched before is tried again with all
 * that was left out for it.
 */
export class Footprints {
  readonly #seen = new Map<string, Set<string>>()
  /** Goes up with everything that is seen for the first time. */
  version = 0

  note(action: string, operation: string): void {
    const print = this.#seen.get(action) ?? new Set()
    this.#seen.set(action, print)
    const touched = touchedBy(operation)
    if (touched === undefined || print.has(touched)) return
    print.add(touched)
    this.version += 1
  }

  /**
   * The steps that have to be tried: one, if there is one that no step of another action can be told apart from.
   * @param choices `<number of the action> <operation>` each
   * @param actions by number
   */
  toTry(choices: readonly string[], actions: readonly string[]): readonly string[] {
    const alone = choices.find((choice) => this.#isIndependent(choice, choices, actions))
    return alone === undefined ? choices : [alone]
  }

  #isIndependent(choice: string, choices: readonly string[], actions: readonly string[]): boolean {
    const { number, operation } = partsOf(choice)
    const touched = touchedBy(operation)
    if (touched === undefined) return true
    const [, mode, collection] = /^(\w) (.*)$/.exec(touched) ?? []
    const conflicts = (CONFLICTS[mode ?? ''] ?? '').split('').map((other) => `${other} ${collection}`)
    const others = actions.filter((_action, place) => place !== number)
    if (others.some((action) => conflicts.some((mark) => this.#seen.get(action)?.has(mark)))) return false
    // Beside it in the same call: their order may matter to what is stored.
    return !choices.some((other) => {
      const beside = partsOf(other)
      if (other === choice || beside.number !== number) return false
      return conflicts.includes(touchedBy(beside.operation) ?? '')
    })
  }
}

function partsOf(choice: string): { number: number; operation: string } {
  const [, number = '', operation = ''] = /^(\d+) (.*)$/.exec(choice) ?? []
  return { number: Number(number), operation }
}

/** With what, in the same collection, the order of a read, a write or a deletion makes a difference. */
const CONFLICTS: Readonly<Record<string, string>> = { r: 'wd', w: 'rwd', d: 'rw' }

const READS = /^database\.(get|calculate|aggregate)|^storage\.batchGet/
/**
 * Nothing that is held to depends on the order of these: each code is one call's own, and of the records only the
 * identity counts, which `cleanup` takes out of those that came too late.
 */
const OF_NO_ACCOUNT = /^wx\.openApi | audit_logs(#\d+)?$/

/** `r`, `w` or `d` and the collection; undefined for what never matters. An edit in the console writes `users`. */
function touchedBy(operation: string): string | undefined {
  if (operation === 'edit') return 'w users'
  if (OF_NO_ACCOUNT.test(operation)) return undefined
  const [, name = '', target = ''] = /^(\S+) (.*?)(#\d+)?$/.exec(operation) ?? []
  const collection = name.startsWith('storage.') ? 'storage' : target
  if (READS.test(name)) return `r ${collection}`
  // Whether a user is deleted depends on their status; anything else is deleted for being somebody's.
  return name === 'database.removeDocument' && collection !== 'users' ? `d ${collection}` : `w ${collection}`
}
