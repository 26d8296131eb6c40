import { ALARMS, type AlarmWord } from './alarms.ts'

type Entry = Readonly<Record<string, unknown>>
type AlarmEntry = Entry & { alarm: AlarmWord }

/**
 * One JSON line in the function's log. The caller must not put a number, token, code, openid or secret into
 * it: nothing here removes them. An `alarm` has one of the fixed words, and the line says what the word means.
 */
export function log(level: 'info' | 'warn' | 'error', entry: Entry): void
export function log(level: 'alarm', entry: AlarmEntry): void
export function log(level: 'info' | 'warn' | 'error' | 'alarm', entry: Entry | AlarmEntry): void {
  if (level === 'alarm') {
    const { alarm, ...rest } = entry as AlarmEntry
    console.error(JSON.stringify({ level, alarm, means: ALARMS[alarm], ...rest }))
  } else {
    console[level](JSON.stringify({ level, ...entry }))
  }
}
