/** Where lines go, such as `process.stdout`. */
export interface LineStream {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
  on(event: 'error', listener: () => void): unknown
}

/** Lines of a moment are written at once: a terminal is slow, and the cloud answers in the same process. */
const PAUSE_MILLISECONDS = 50

/**
 * Writes lines, those of a moment together. When more come than one could read, leaves some out and says how many.
 */
export class LineWriter {
  readonly #stream: LineStream
  readonly #mostLines: number
  #lines: string[] = []
  #leftOut = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  /** @param mostLines of one moment */
  constructor(stream: LineStream, mostLines: number) {
    this.#stream = stream
    this.#mostLines = mostLines
    // The reader is gone, as that of `npm start | head -1`.
    stream.on('error', () => {
      this.#isClosed = true
    })
  }

  /** Writes a line at once, after those before it. */
  writeNow(line: string): void {
    this.#lines.push(line)
    this.flush()
  }

  write(line: string): void {
    if (this.#lines.length < this.#mostLines) this.#lines.push(line)
    else this.#leftOut++
    this.#timer ??= setTimeout(() => this.flush(), PAUSE_MILLISECONDS)
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#leftOut > 0) this.#lines.push(leftOutText(this.#leftOut))
    const text = this.#lines.map((line) => `${line}\n`).join('')
    this.#lines = []
    this.#leftOut = 0
    if (text !== '' && !this.#isClosed) this.#stream.write(text)
  }
}

const leftOutText = (lines: number) =>
  `… 省略 ${lines} 行，控制台里都有 · ${lines} lines left out: the console has them all`
