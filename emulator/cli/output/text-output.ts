import { describeThrown } from '../../control/describe-thrown.ts'
import type { Invocation, LogLine, ThrownError } from '../../control/invocation.ts'
import type { LoggedPageError } from '../../control/page-error.ts'
import { accountName, type CallSummary, summarize, unloggedError } from './call-summary.ts'
import { type LineStream, LineWriter } from './line-writer.ts'
import type { Finding, Output } from './output.ts'
import { type Colour, type Paint, paintFor } from './paint.ts'
import { cutToWidth, padToWidth, plainText } from './width.ts'

export interface TextOutputOptions {
  /** Shows errors alone. */
  isQuiet: boolean
  stdout?: LineStream
  stderr?: LineStream
}

/** Lines of one moment, and of one call. */
const MOST_LINES = 400
const MOST_LINES_OF_CALL = 60

/** Lines for people: calls on standard output, what is wrong in the sources on standard error. */
export class TextOutput implements Output {
  readonly #isQuiet: boolean
  readonly #stdout: LineStream
  readonly #out: LineWriter
  readonly #err: LineWriter
  readonly #paint: Paint

  constructor({ isQuiet, stdout = process.stdout, stderr = process.stderr }: TextOutputOptions) {
    this.#isQuiet = isQuiet
    this.#stdout = stdout
    this.#out = new LineWriter(stdout, MOST_LINES)
    this.#err = new LineWriter(stderr, MOST_LINES)
    this.#paint = paintFor(stdout)
  }

  started(address: string, dataDirectory: string | undefined): void {
    this.#out.writeNow(`手机和控制台 phone and console: ${address}  （Ctrl-C 结束 to stop）`)
    if (dataDirectory !== undefined && !this.#isQuiet) this.#out.writeNow(`数据目录 data: ${dataDirectory}`)
  }

  say(text: string): void {
    if (!this.#isQuiet) this.#out.writeNow(text)
  }

  warn(text: string): void {
    this.#err.writeNow(text)
  }

  finding({ level, text }: Finding): void {
    if (level === 'error') this.#err.writeNow(`错误 error: ${text}`)
    else if (!this.#isQuiet) this.#err.writeNow(level === 'note' ? `提示 note: ${text}` : text)
  }

  call(call: Invocation): void {
    const summary = summarize(call)
    const logs = this.#isQuiet ? call.logs.filter(({ level }) => level === 'error') : call.logs
    if (this.#isQuiet && !summary.isFailed && logs.length === 0) return
    this.#write(this.#describeCall(call, summary))
    const thrown = unloggedError(call)
    const lines = [
      ...logs.flatMap((line) => this.#describeLine(line)),
      ...(thrown === undefined ? [] : this.#describeError(thrown)),
      ...(call.error && !call.error.thrown ? this.#indent(call.error.errMsg, 'red') : []),
    ]
    for (const line of lines.slice(0, MOST_LINES_OF_CALL)) this.#write(line)
    const left = lines.length - MOST_LINES_OF_CALL
    if (left > 0) this.#write(`    … 还有 ${left} 行，见控制台 · ${left} more lines: see the console`)
  }

  lateLine(call: Invocation, line: LogLine): void {
    if (this.#isQuiet && line.level !== 'error') return
    this.#write(this.#paint('dim', `${timeOf(call.at)} ${call.functionName}（调用结束后 after its call）`))
    for (const text of this.#describeLine(line)) this.#write(text)
  }

  pageError({ at, openid, page, text, thrown }: LoggedPageError): void {
    const parts = [
      this.#paint('dim', timeOf(at)),
      this.#paint('bold', plainText(page ?? 'app')),
      ...(openid === undefined ? [] : [accountName(openid)]),
      this.#paint('red', '页面出错 error of the page'),
    ]
    this.#write(parts.join('  '))
    const lines = thrown === undefined ? this.#indent(text, 'red') : this.#describeError(thrown)
    for (const line of lines.slice(0, MOST_LINES_OF_CALL)) this.#write(line)
  }

  end(): void {
    this.#out.flush()
    this.#err.flush()
  }

  #write(line: string): void {
    const { isTTY = false, columns = 0 } = this.#stdout
    this.#out.write(isTTY && columns > 0 ? cutToWidth(line, columns) : line)
  }

  #describeCall(call: Invocation, summary: CallSummary): string {
    const { code, reason, milliseconds, roundTrips, isColdStart, who } = summary
    const name = summary.action === undefined ? summary.function : `${summary.function} ${summary.action}`
    const outcome = [code ?? (reason === undefined ? 'ok' : ''), reason].filter(Boolean).join(' ')
    const parts = [
      this.#paint('dim', timeOf(call.at)),
      this.#paint('bold', padToWidth(plainText(name), 20)),
      padToWidth(plainText(who), 12),
      this.#paint(colourOf(summary), padToWidth(outcome, 18)),
      `${milliseconds} ms`.padStart(7),
      `${roundTrips.sequential}/${roundTrips.all} 往返 round trips`,
      ...(isColdStart ? [this.#paint('yellow', '冷启动 cold')] : []),
    ]
    return parts.join('  ')
  }

  #describeLine({ level, text, thrown }: LogLine): string[] {
    const colour = level === 'error' ? 'red' : level === 'warn' ? 'yellow' : undefined
    // The text of an error is its stack, which its places and the code around them say better.
    if (thrown !== undefined && text.includes('\n    at ')) {
      const [before = ''] = text.split(`${thrown.name}: `)
      const heading = before.trim() === '' ? [] : this.#indent(before.trim(), colour)
      return [...heading, ...this.#describeError(thrown)]
    }
    return [...this.#indent(text, colour), ...(thrown === undefined ? [] : this.#describeError(thrown))]
  }

  #describeError(thrown: ThrownError): string[] {
    return describeThrown(thrown).flatMap((line) => this.#indent(line, 'red'))
  }

  #indent(text: string, colour?: Colour): string[] {
    return plainText(text)
      .split('\n')
      .map((line) => (line === '' ? '' : `    ${colour === undefined ? line : this.#paint(colour, line)}`))
  }
}

function colourOf({ isFailed, isRefused }: CallSummary): Colour {
  if (isFailed) return 'red'
  return isRefused ? 'yellow' : 'green'
}

/** @param at milliseconds since 1970 */
function timeOf(at: number): string {
  return new Date(at).toTimeString().slice(0, 8)
}
