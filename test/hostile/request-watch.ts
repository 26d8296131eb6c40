import type { CloudKit } from '../support/cloud-kit.ts'

/** Fields of a database request that say what is looked for and what is changed. */
const MEANINGFUL = ['query', 'data', 'order', 'projection', 'stages']
/** How values other than texts and truth values travel (EJSON). */
const VALUES: Readonly<Record<string, string>> = {
  $date: 'date',
  $numberInt: 'number',
  $numberLong: 'number',
  $numberDouble: 'number',
}

/**
 * Checks every request that the functions' SDK sends to the database. First it learns, from honest calls, which
 * operators and fields with which types of values our code sends, and where; from then on it keeps what is not among
 * them. A path such as `getDocument trips query/userId:text` has no value in it.
 */
export class RequestWatch {
  readonly #known = new Set<string>()
  readonly #foreign = new Set<string>()
  readonly #bodies: string[] = []
  #learns = true
  #requests = 0

  constructor({ cloud: { database } }: CloudKit) {
    const handle = database.handle.bind(database)
    database.handle = (action, body) => {
      this.#look(action, body)
      return handle(action, body)
    }
  }

  /** From now on, a path not seen yet is foreign. */
  startWatching(): void {
    this.#learns = false
    this.#requests = 0
  }

  /** Requests since `startWatching`. */
  get requests(): number {
    return this.#requests
  }

  get known(): ReadonlySet<string> {
    return this.#known
  }

  /** The foreign paths since the last call of this method. */
  takeForeign(): string[] {
    const foreign = [...this.#foreign]
    this.#foreign.clear()
    return foreign
  }

  /** The requests themselves, as text, since the last time this was asked. */
  takeBodies(): string {
    return this.#bodies.splice(0).join('\n')
  }

  #look(action: string, body: Record<string, unknown>): void {
    this.#requests += 1
    const where = `${action.replace('database.', '')} ${String(body['collectionName'])}`
    for (const name of MEANINGFUL) {
      if (body[name] === undefined) continue
      const value = decode(body[name])
      this.#bodies.push(JSON.stringify(value))
      for (const path of pathsOf(value)) {
        const whole = `${where} ${name}${path}`
        if (this.#learns) this.#known.add(whole)
        else if (!this.#known.has(whole)) this.#foreign.add(whole)
      }
    }
    if (this.#learns) this.#bodies.length = 0
  }
}

/** The SDK sends documents as texts of EJSON, alone or in lists. */
function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode)
  return typeof value === 'string' && value !== '' ? JSON.parse(value) : value
}

function pathsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [':empty'] : value.flatMap(pathsOf)
  if (typeof value !== 'object' || value === null) return [`:${value === null ? 'null' : typeof value}`]
  const entries = Object.entries(value)
  const [only] = entries
  const type = entries.length === 1 && only ? VALUES[only[0]] : undefined
  if (type !== undefined) return [`:${type}`]
  // Places in lists are numbers: `sessions.3.id` is known once `sessions.0.id` is.
  return entries.flatMap(([name, inner]) =>
    pathsOf(inner).map((path) => `/${name.replaceAll(/\.\d+(?=\.|$)/g, '.#')}${path}`),
  )
}
