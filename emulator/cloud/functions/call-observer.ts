/** What an instance reports of a paused call each time it has nothing left to do but wait, see `quiescence.ts`. */
export interface QuiescenceReport {
  /** Requests of the SDK that it has sent. */
  sent: number
  /** Requests whose answer, or whose broken connection, it has processed. */
  processed: number
  /** Its answer is about to follow. */
  isEnding: boolean
}

/** A request as the SDK sent it: its action, its target, and all its fields. */
export interface SdkRequest {
  action: string
  target: string
  fields: Readonly<Record<string, unknown>>
}

/** Pauses one call: each of its requests passes through here, and so does each report of its instance. */
export interface CallObserver {
  /** A request of this call has arrived. @param order the place of the request in the order of sending */
  addRequest(request: SdkRequest, order: number): RequestGate
  recordReport(report: QuiescenceReport): void
  /** Resolves when every request that the function has sent has arrived, also those that it does not await. */
  untilAllArrived(): Promise<void>
}

/** One request of a paused call, as the endpoint that serves it sees it. */
export interface RequestGate {
  /** Resolves when the request may run. */
  readonly released: Promise<void>
  /** The request waits inside the database until a transaction ends. */
  block(): void
  /** The request runs again. */
  unblock(): void
  /** @param answer undefined if the connection was cut */
  recordAnswer(answer: unknown): void
}
