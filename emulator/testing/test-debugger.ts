import { readFileSync } from 'node:fs'
import { type SourceMap, SourceMap as SourceMapOfNode } from 'node:module'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'

/** Where a function has stopped. */
export interface Stop {
  /** From the top of the stack. */
  callFrames: readonly { callFrameId: string; functionName: string; url: string }[]
}

interface Script {
  url: string
  sourceMapURL: string
}

/** A place in the source: the end of the file's path, and a line counted from 1. */
interface Place {
  source: string
  line: number
}

type Message = {
  id?: number
  method?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
}

/**
 * A debugger of one function, as an editor is: it sets breakpoints by source place through the source maps of the
 * scripts, keeps them, and comes back when the instance is replaced.
 */
export class TestDebugger {
  /** How many instances it has been at. */
  attachments = 0
  readonly #url: string
  readonly #places: Place[] = []
  readonly #answers = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (error: Error) => void }
  >()
  readonly #stops: Stop[] = []
  readonly #waiting: ((stop: Stop) => void)[] = []
  #socket: WebSocket | undefined
  #scripts: Script[] = []
  #nextId = 1
  #isLeaving = false

  private constructor(url: string) {
    this.#url = url
  }

  /** @param host such as `127.0.0.1:9229`. @param places where it is to stop */
  static async attach(host: string, functionName: string, ...places: Place[]): Promise<TestDebugger> {
    const created = new TestDebugger(`ws://${host}/${functionName}`)
    created.#places.push(...places)
    await created.#attach()
    return created
  }

  /** Where the function stops next. */
  stopped(): Promise<Stop> {
    const stop = this.#stops.shift()
    return stop ? Promise.resolve(stop) : new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** The value of an expression in the topmost frame. */
  async evaluate({ callFrames }: Stop, expression: string): Promise<unknown> {
    const { callFrameId } = callFrames[0] ?? { callFrameId: '' }
    const { result } = (await this.request('Debugger.evaluateOnCallFrame', {
      callFrameId,
      expression,
      returnByValue: true,
    })) as { result: { value?: unknown } }
    return result.value
  }

  async resume(): Promise<void> {
    await this.request('Debugger.resume')
  }

  /** Sends one request of the protocol. @throws Error with the inspector's words */
  request(method: string, params: object = {}): Promise<unknown> {
    const id = this.#nextId++
    this.#socket?.send(JSON.stringify({ id, method, params }))
    return new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }))
  }

  /** Goes away without a word, as an editor that is closed. */
  leave(): void {
    this.#isLeaving = true
    this.#socket?.terminate()
  }

  async #attach(): Promise<void> {
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    this.#scripts = []
    socket.on('message', (data) => this.#receive(JSON.parse(String(data)) as Message))
    await new Promise((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    socket.once('close', () => this.#isLeaving || void this.#comeBack())
    this.attachments += 1
    await this.request('Runtime.enable')
    await this.request('Debugger.enable')
    await this.request('Runtime.runIfWaitingForDebugger')
  }

  async #comeBack(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 200))
    if (!this.#isLeaving) await this.#attach().catch(() => this.#comeBack())
  }

  #receive({ id, method, params, result, error }: Message): void {
    if (id !== undefined) {
      const answer = this.#answers.get(id)
      this.#answers.delete(id)
      if (error) answer?.reject(new Error(error.message))
      else answer?.resolve(result)
    } else if (method === 'Debugger.scriptParsed') {
      this.#scripts.push(params as Script)
      this.#breakIn(params as Script)
    } else if (method === 'Debugger.paused') {
      const waiting = this.#waiting.shift()
      if (waiting) waiting(params as Stop)
      else this.#stops.push(params as Stop)
    }
  }

  #breakIn(script: Script): void {
    const positions = this.#places.flatMap((line) => positionOf(script, line) ?? [])
    for (const position of positions) {
      void this.request('Debugger.setBreakpointByUrl', { url: script.url, ...position })
    }
  }
}

/** Where a line of a source is in a script, counted from 0. */
function positionOf({ url, sourceMapURL }: Script, { source, line }: Place) {
  if (!url.startsWith('file:') || url.includes('/node_modules/') || !sourceMapURL) return undefined
  const map = new SourceMapOfNode(JSON.parse(readMap(new URL(sourceMapURL, url))))
  const lines =
    readFileSync(fileURLToPath(url), 'utf8').split('\n').length + map.payload.mappings.split(';').length
  for (let lineNumber = 0; lineNumber < lines; lineNumber++) {
    const columnNumber = columnIn(map, lineNumber, { source, line })
    if (columnNumber !== undefined) return { lineNumber, columnNumber }
  }
  return undefined
}

/** The first column of a generated line that comes from the place. */
function columnIn(map: SourceMap, lineNumber: number, { source, line }: Place): number | undefined {
  let found: number | undefined
  for (let column = Number.MAX_SAFE_INTEGER; column >= 0; ) {
    const entry = map.findEntry(lineNumber, column)
    if (!('originalSource' in entry) || entry.generatedLine !== lineNumber) break
    if (entry.originalLine === line - 1 && entry.originalSource.endsWith(source))
      found = entry.generatedColumn
    column = entry.generatedColumn - 1
  }
  return found
}

function readMap(url: URL): string {
  if (url.protocol === 'file:') return readFileSync(url, 'utf8')
  return Buffer.from(url.href.slice(url.href.indexOf(',') + 1), 'base64').toString()
}
