import { useEffect, useState } from 'preact/hooks'
import type { LoggedCall } from '../../../control/interface.ts'
import { control } from '../frame/api'
import { listen } from '../frame/live'

/** What the page knows of the call log. A call that has not changed is the same object as before. */
export interface CallsState {
  /** The latest first. */
  calls: readonly LoggedCall[]
  isLoaded: boolean
  error?: string
}

const CAPACITY = 1000
/** A burst of calls is fetched in parts of this length. */
const PAUSE_MILLISECONDS = 150

const byId = new Map<string, LoggedCall>()
const listeners = new Set<(state: CallsState) => void>()
let state: CallsState = { calls: [], isLoaded: false }
let seen: { edition: string; revision: number } | undefined
let isFetching = false
let isStale = false
let stop: (() => void) | undefined

/** The call log, as it changes. Only the calls that have changed are fetched. */
export function useCalls(): CallsState {
  const [shown, setShown] = useState(state)
  useEffect(() => {
    listeners.add(setShown)
    stop ??= listen((topics) => {
      if (topics.includes('calls') || topics.includes('machine')) void load()
    })
    void load()
    return () => {
      listeners.delete(setShown)
      if (listeners.size > 0) return
      stop?.()
      stop = undefined
    }
  }, [])
  return shown
}

async function load(): Promise<void> {
  isStale = true
  if (isFetching) return
  isFetching = true
  while (isStale && listeners.size > 0) {
    isStale = false
    await fetchChanges().then(
      (calls) => publish({ calls, isLoaded: true }),
      (error: Error) => publish({ ...state, error: error.message }),
    )
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS))
  }
  isFetching = false
}

async function fetchChanges(): Promise<readonly LoggedCall[]> {
  const answer = await control('GET', `calls?limit=${CAPACITY}&since=${seen?.revision ?? 0}`)
  // The log has been cleared, or the cloud is a new one: what is known here is of another log.
  const isOther = seen !== undefined && seen.edition !== answer.edition
  if (isOther) {
    byId.clear()
    seen = undefined
    return fetchChanges()
  }
  seen = { edition: answer.edition, revision: answer.revision }
  if (answer.calls.length === 0) return state.isLoaded ? state.calls : []
  for (const call of answer.calls) byId.set(call.requestId, call)
  for (const requestId of [...byId.keys()].slice(0, -CAPACITY)) byId.delete(requestId)
  return [...byId.values()].reverse()
}

function publish(next: CallsState): void {
  state = next
  for (const listener of listeners) listener(next)
}
