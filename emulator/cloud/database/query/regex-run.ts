import vm from 'node:vm'
import { requestFailed } from '../failures.ts'
import { regexTimeLeft, spendRegexTime } from '../request.ts'

/** Texts up to this length end soon whatever the pattern. */
const SHORT_CHARACTERS = 12

/** A pattern and a text that need no more steps than this are not watched. */
const QUICK_STEPS = 5_000_000

/** What an ordinary match takes, with its watch, does not count: only slow ones use up a request's time. */
const FREE_MILLISECONDS = 0.3

const context = vm.createContext({ regex: /(?:)/, text: '' })
const script = new vm.Script('regex.exec(text)')

/**
 * `regex.exec(text)` within the time that is left for the regular expressions of the request. V8 looks for the
 * interruption each time the pattern goes back. What seems slow runs again, and the shorter time counts: the first may
 * be that of the garbage collector.
 * @throws DATABASE_REQUEST_FAILED when the time is up
 */
export function runRegex(regex: RegExp, text: string): RegExpExecArray | null {
  const first = timed(regex, text)
  const isSlow = first.milliseconds > FREE_MILLISECONDS
  const milliseconds = isSlow ? Math.min(first.milliseconds, timed(regex, text).milliseconds) : 0
  spendRegexTime(Math.max(0, milliseconds - FREE_MILLISECONDS))
  return first.match
}

/** @throws DATABASE_REQUEST_FAILED */
function timed(regex: RegExp, text: string): { match: RegExpExecArray | null; milliseconds: number } {
  const timeout = regexTimeLeft()
  if (timeout === undefined) throw tooSlow(regex)
  const started = performance.now()
  const cpuStarted = process.cpuUsage()
  const match = isQuick(regex, text.length) ? regex.exec(text) : watched(regex, text, timeout)
  return { match, milliseconds: computedMilliseconds(started, cpuStarted) }
}

/** On a busy machine most of the time is that of other programs, in a process with threads most of the CPU theirs. */
function computedMilliseconds(started: number, cpuStarted: NodeJS.CpuUsage): number {
  const cpu = process.cpuUsage(cpuStarted)
  return Math.min(performance.now() - started, (cpu.user + cpu.system) / 1000)
}

/** A watch costs some 50 microseconds. */
function watched(regex: RegExp, text: string, timeout: number): RegExpExecArray | null {
  Object.assign(context, { regex, text })
  try {
    return script.runInContext(context, { timeout }) as RegExpExecArray | null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw tooSlow(regex)
  } finally {
    Object.assign(context, { text: '' })
  }
}

function isQuick(regex: RegExp, characters: number): boolean {
  if (characters <= SHORT_CHARACTERS) return true
  return regex.source.length * characters ** exponentOf(regex) <= QUICK_STEPS
}

const exponents = new WeakMap<RegExp, number>()

/**
 * Each repetition may be tried with each length, from each start. A repeated group may be tried in more ways than
 * any power says.
 */
function exponentOf(regex: RegExp): number {
  const known = exponents.get(regex)
  if (known !== undefined) return known
  const bare = regex.source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, 'a')
  const repetitions = bare.match(/[*+]|\{\d*,/g)?.length ?? 0
  const exponent = /\)[*+{]/.test(bare) ? Number.POSITIVE_INFINITY : repetitions + 1
  exponents.set(regex, exponent)
  return exponent
}

function tooSlow(regex: RegExp) {
  const pattern = regex.source.length > 100 ? `${regex.source.slice(0, 100)}…` : regex.source
  return requestFailed(`Regular expression takes too long, other requests would wait: /${pattern}/`)
}
