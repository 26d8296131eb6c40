import type { Invocation, LogLine } from '../../control/invocation.ts'
import type { LoggedPageError } from '../../control/page-error.ts'
import { accountName, summarize } from './call-summary.ts'
import { type LineStream, LineWriter } from './line-writer.ts'
import type { Finding, Output } from './output.ts'

export interface JsonOutputOptions {
  /** Writes errors alone, and the address. */
  isQuiet: boolean
  stdout?: LineStream
}

/**
 * One JSON object a line, for programs. `type` is one of
 * - `address`: `url`, and `data`, the folder of the data, if the command has chosen it
 * - `call`: when it began (`at`, ISO 8601), `requestId`, the fields of {@link CallSummary}, and `error` if it failed
 * - `log`: a line of the function's log, with the `requestId` of its call, which comes before it
 * - `page-error`: what a mini-program has thrown on a phone
 * - `build`: what is wrong in the sources, by its `level`
 * - `message`, `warning`: what the command says
 */
export class JsonOutput implements Output {
  readonly #isQuiet: boolean
  readonly #out: LineWriter

  constructor({ isQuiet, stdout = process.stdout }: JsonOutputOptions) {
    this.#isQuiet = isQuiet
    this.#out = new LineWriter(stdout, Number.POSITIVE_INFINITY)
  }

  started(address: string, dataDirectory: string | undefined): void {
    this.#write({
      type: 'address',
      url: address,
      ...(dataDirectory === undefined ? {} : { data: dataDirectory }),
    })
    this.#out.flush()
  }

  say(text: string): void {
    if (!this.#isQuiet) this.#write({ type: 'message', text })
  }

  warn(text: string): void {
    this.#write({ type: 'warning', text })
  }

  finding({ level, text }: Finding): void {
    if (level === 'error' || !this.#isQuiet) this.#write({ type: 'build', level, text })
  }

  call(call: Invocation): void {
    const { requestId, at, error } = call
    const summary = summarize(call)
    const logs = this.#isQuiet ? call.logs.filter(({ level }) => level === 'error') : call.logs
    if (this.#isQuiet && !summary.isFailed && logs.length === 0) return
    this.#write({
      type: 'call',
      at: new Date(at).toISOString(),
      requestId,
      ...summary,
      ...(error === undefined ? {} : { error: { message: error.errMsg, ...error.thrown } }),
    })
    for (const line of logs) this.#writeLog(call, line)
  }

  lateLine(call: Invocation, line: LogLine): void {
    if (!this.#isQuiet || line.level === 'error') this.#writeLog(call, line)
  }

  pageError({ at, openid, page, text, thrown }: LoggedPageError): void {
    const who = openid === undefined ? undefined : accountName(openid)
    this.#write({ type: 'page-error', at: new Date(at).toISOString(), who, page, text, thrown })
  }

  end(): void {
    this.#out.flush()
  }

  #writeLog({ requestId, functionName }: Invocation, { level, text, thrown }: LogLine): void {
    this.#write({
      type: 'log',
      requestId,
      function: functionName,
      level,
      text,
      ...(thrown ? { thrown } : {}),
    })
  }

  #write(value: Readonly<Record<string, unknown>>): void {
    this.#out.write(JSON.stringify(value))
  }
}
