/** Under which name a timer's call is remembered. */
export const TIMER_RECORD = 'timer-call'

/** What a timer's call was given: names and forms, nothing personal. */
export interface TimerRecord {
  /** Names of the event's fields with their types. */
  event: Readonly<Record<string, string>>
  type: unknown
  triggerName: unknown
  /** Of the event's `Time`: digits are 0. */
  timeForm: string
  /** Names of the fields of getWXContext(). */
  context: readonly string[]
  source: string
  hasOpenid: boolean
  triggerSource: string | undefined
  /** Names of variables that begin with WX_ or TCB_. */
  variables: readonly string[]
}

export function timerRecord(
  event: unknown,
  context: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): TimerRecord {
  const fields = (typeof event === 'object' && event !== null ? event : {}) as Readonly<
    Record<string, unknown>
  >
  const types = Object.entries(fields).map(([name, value]) => [name, typeof value] as const)
  return {
    event: Object.fromEntries(types.sort()),
    type: fields['Type'],
    triggerName: fields['TriggerName'],
    timeForm: String(fields['Time']).replaceAll(/\d/g, '0'),
    context: Object.keys(context).sort(),
    source: String(context['SOURCE'] ?? ''),
    hasOpenid: context['OPENID'] !== undefined,
    triggerSource: environment['TRIGGER_SRC'],
    variables: Object.keys(environment)
      .filter((name) => /^(WX|TCB)_/.test(name))
      .sort(),
  }
}
