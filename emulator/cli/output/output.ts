import type { Invocation, LogLine } from '../../control/invocation.ts'
import type { LoggedPageError } from '../../control/page-error.ts'

/** What the sources have: of a build, or of the settings. */
export interface Finding {
  /** `solved`: no error is left. */
  level: 'error' | 'note' | 'solved'
  text: string
}

/** How the command speaks to the person or the program that started it. */
export interface Output {
  /** Phones and console can be opened. */
  started(address: string, dataDirectory: string | undefined): void
  /** What the command has done. */
  say(text: string): void
  /** What the developer has to do, or what has failed. */
  warn(text: string): void
  finding(finding: Finding): void
  /** A call that is over. */
  call(call: Invocation): void
  /** A line that a function logged after its call was over. */
  lateLine(call: Invocation, line: LogLine): void
  /** What a mini-program has thrown on a phone. */
  pageError(error: LoggedPageError): void
  /** Writes what still waits. */
  end(): void
}
