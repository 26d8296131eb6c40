import type { Fault } from '../control/fault.ts'

interface Request {
  action: string
  target: string
}

/** The call a request belongs to, with all its requests so far, this one the last. */
interface Call {
  caller: { openid?: string; clientIp?: string }
  record: { roundTrips: readonly Request[] }
}

/** The faults that are switched on. The first that fits a request meets it. */
export class Faults {
  #faults: Fault[] = []
  /** By the record of a call. */
  readonly #met = new WeakMap<object, Fault[]>()

  /** @returns a function that switches this fault off */
  add(fault: Fault): () => void {
    const added = { ...fault }
    this.#faults.push(added)
    return () => {
      this.#faults = this.#faults.filter((other) => other !== added)
    }
  }

  list(): readonly Fault[] {
    return this.#faults
  }

  clear(): void {
    this.#faults = []
  }

  /** The faults that requests of a call have met, one for each request. @param record of the call */
  metBy(record: object): readonly Fault[] {
    return this.#met.get(record) ?? []
  }

  /** The fault for this request, used up by one. @param call absent for a client outside any function */
  take(request: Request, call?: Call): Fault['answer'] | undefined {
    const fault = this.#faults.find(
      (candidate) => isAbout(candidate, request) && isOf(candidate, request, call),
    )
    if (!fault) return undefined
    if (call) this.#met.set(call.record, [...this.metBy(call.record), fault])
    if (fault.times !== undefined) {
      fault.times -= 1
      if (fault.times <= 0) this.#faults = this.#faults.filter((other) => other !== fault)
    }
    return fault.answer
  }
}

function isAbout({ action, target }: Fault, request: Request): boolean {
  return (
    (action === undefined ? request.action !== 'invoke' : action === request.action) &&
    (target === undefined || target === request.target)
  )
}

function isOf(fault: Fault, request: Request, call: Call | undefined): boolean {
  if (fault.openid !== undefined && fault.openid !== call?.caller.openid) return false
  if (fault.clientIp !== undefined && fault.clientIp !== call?.caller.clientIp) return false
  if (fault.operation === undefined) return true
  const trips = call?.record.roundTrips ?? []
  const index = trips.indexOf(request)
  return trips.slice(0, index + 1).filter((trip) => isAbout(fault, trip)).length === fault.operation
}
