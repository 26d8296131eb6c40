import { KitError } from '../kit-error.ts'

/** For how long phones wait. A test may change it. */
export interface Patience {
  timeoutMilliseconds: number
}

const PAUSE_MILLISECONDS = 20
/** Characters of the screen in a message. */
const MAXIMUM_SHOWN = 600

/** Why something is not so yet. */
export class NotYet {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

interface Waiting<Value> {
  /** Gives a value, or why there is none yet. */
  attempt: () => Promise<Value | NotYet> | Value | NotYet
  patience: Patience
  /** All text on the screen, for the message. */
  screen: () => Promise<string>
  /** How calls of functions have failed, for the message. */
  failedCalls: () => readonly string[]
}

/**
 * Tries until there is a value.
 * @throws KitError with the last reason, the screen and failed calls when the time is over
 */
export async function waitFor<Value>({ attempt, patience, ...seen }: Waiting<Value>): Promise<Value> {
  const { timeoutMilliseconds } = patience
  const end = performance.now() + timeoutMilliseconds
  for (;;) {
    const result = await attempt()
    if (!(result instanceof NotYet)) return result
    if (performance.now() >= end) throw new KitError(await failureOf(result, timeoutMilliseconds, seen))
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS))
  }
}

async function failureOf(
  { reason }: NotYet,
  milliseconds: number,
  { screen, failedCalls }: Pick<Waiting<unknown>, 'screen' | 'failedCalls'>,
): Promise<string> {
  const text = (await screen()).trim()
  const shown = text.length > MAXIMUM_SHOWN ? `${text.slice(0, MAXIMUM_SHOWN)}…` : text
  const message = `${reason}（等了 ${milliseconds} 毫秒 · waited ${milliseconds} ms）\n屏幕上是 · on the screen:\n${shown === '' ? '（空 · nothing）' : shown}`
  return [message, ...failedCalls()].join('\n\n')
}
