import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { type WebSocket, WebSocketServer } from 'ws'
import { InspectedInstance } from './inspected-instance.ts'
import { isDebugger } from './is-debugger.ts'
import type { StoppedTime } from './stopped-time.ts'

/** For so long a debugger is expected back after the end of an instance that it was at. */
const EXPECTED_MILLISECONDS = 10_000

/** The inspector's address cannot be had, usually because the port is taken. */
export class InspectorUnavailable extends Error {
  override readonly name = 'InspectorUnavailable'
  readonly port: number

  constructor(port: number, cause: Error) {
    super(`the inspector cannot listen on port ${port}`, { cause })
    this.port = port
  }
}

/** The functions, as the inspector sees them. */
export interface InspectedFunctions {
  /** @returns each function's name and the file that runs */
  list(): { name: string; file: string }[]
  /** Starts an instance of a function that has none. */
  start(name: string): Promise<void>
}

/** A function and its current or next instance. */
interface Target {
  /** Counts the instances, so that a debugger sees a new one as another. */
  number: number
  instance?: InspectedInstance
  /** Until when a debugger is expected, on the machine's monotonic clock. */
  expectedUntil: number
  /** Debuggers that wait for the next instance. */
  waiting: ((instance: InspectedInstance) => void)[]
}

/**
 * One address for the debuggers of all functions, with DevTools' discovery (`/json/list`) and a WebSocket a function,
 * `ws://127.0.0.1:PORT/<function>`, that stays the same however often its instance is replaced.
 *
 *     debugger ──ws──► /login ──ws──► inspector of the process that runs login now (any free port)
 *
 * - To attach starts an instance, so that breakpoints can be set before the first call.
 * - When an instance ends, its debugger's connection ends. The next instance waits a moment for it to come back, before
 *   it loads the function and again before the first call.
 * - While a debugger has stopped an instance, time limits stand still (`stopped-time.ts`, `debugger-clock.ts`).
 */
export class Inspector {
  readonly #stoppedTime: StoppedTime
  readonly #targets = new Map<string, Target>()
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 0 })
  #server: Server | undefined
  #functions: InspectedFunctions = { list: () => [], start: async () => {} }

  constructor(stoppedTime: StoppedTime) {
    this.#stoppedTime = stoppedTime
  }

  /** `127.0.0.1:9229` */
  get host(): string {
    return `127.0.0.1:${(this.#server?.address() as AddressInfo | null)?.port ?? 0}`
  }

  /** @throws InspectorUnavailable when the port is taken */
  listen(port: number, functions: InspectedFunctions): Promise<void> {
    this.#functions = functions
    const server = createServer((request, response) => this.#answer(request, response))
    server.on('upgrade', (request, socket: Duplex, head: Buffer) => void this.#upgrade(request, socket, head))
    this.#server = server
    return new Promise((resolve, reject) => {
      server.once('error', (error) => reject(new InspectorUnavailable(port, error)))
      server.listen(port, '127.0.0.1', () => resolve())
    })
  }

  /** For a new process of the function. */
  add(functionName: string): InspectedInstance {
    const target = this.#target(functionName)
    const instance = new InspectedInstance({
      stoppedTime: this.#stoppedTime,
      isAwaited: performance.now() < target.expectedUntil,
      onEnd: (wasDebugged) => {
        if (target.instance !== instance) return
        delete target.instance
        target.number += 1
        if (wasDebugged) target.expectedUntil = performance.now() + EXPECTED_MILLISECONDS
      },
    })
    target.instance = instance
    for (const resolve of target.waiting.splice(0)) resolve(instance)
    return instance
  }

  /** Where a debugger finds the function. */
  urlOf(functionName: string): string {
    return `ws://${this.host}/${encodeURIComponent(functionName)}/${this.#target(functionName).number}`
  }

  close(): void {
    this.#functions = { list: () => [], start: async () => {} }
    for (const { instance } of this.#targets.values()) instance?.end()
    this.#server?.close()
    this.#server?.closeAllConnections()
    this.#sockets.close()
  }

  #target(functionName: string): Target {
    const known = this.#targets.get(functionName)
    if (known) return known
    const target: Target = { number: 1, expectedUntil: 0, waiting: [] }
    this.#targets.set(functionName, target)
    return target
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const answers: Readonly<Record<string, () => unknown>> = {
      '/json': () => this.#list(),
      '/json/list': () => this.#list(),
      '/json/version': () => ({ Browser: `node.js/${process.version}`, 'Protocol-Version': '1.1' }),
    }
    const answer = isDebugger(request) ? answers[pathname.replace(/(.)\/$/, '$1')] : undefined
    const text = answer ? JSON.stringify(answer(), null, 2) : ''
    response.writeHead(answer ? 200 : 404, {
      'Content-Type': 'application/json; charset=UTF-8',
      // Chrome reads no answer in chunks here.
      'Content-Length': Buffer.byteLength(text),
    })
    response.end(text)
  }

  #list() {
    return this.#functions.list().map(({ name, file }) => {
      const url = this.urlOf(name)
      return {
        description: 'cloud function',
        devtoolsFrontendUrl: `devtools://devtools/bundled/js_app.html?experiments=true&v8only=true&ws=${url.slice('ws://'.length)}`,
        id: `${name}-${this.#target(name).number}`,
        title: name,
        type: 'node',
        url: pathToFileURL(file).href,
        webSocketDebuggerUrl: url,
      }
    })
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy())
    const name = nameIn(request.url ?? '/')
    const isKnown = this.#functions.list().some((one) => one.name === name)
    if (!isDebugger(request) || !isKnown) {
      socket.end(`HTTP/1.1 ${isKnown ? '403 Forbidden' : '404 Not Found'}\r\nconnection: close\r\n\r\n`)
      return
    }
    try {
      const instance = await this.#instanceOf(name)
      await instance.attach(
        () =>
          new Promise<WebSocket>((resolve) =>
            this.#sockets.handleUpgrade(request, socket, head, (client) => resolve(client)),
          ),
      )
    } catch {
      // The code cannot be loaded, or was changed at this moment: the debugger tries again.
      socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n')
    }
  }

  /** @throws Error when none can be started */
  async #instanceOf(name: string): Promise<InspectedInstance> {
    const target = this.#target(name)
    if (target.instance) return target.instance
    target.expectedUntil = performance.now() + EXPECTED_MILLISECONDS
    return new Promise((resolve, reject) => {
      target.waiting.push(resolve)
      this.#functions.start(name).then(() => reject(new Error('there is no such function')), reject)
    })
  }
}

/** The function in an address such as `/login` or `/login/3`. */
function nameIn(address: string): string {
  try {
    return decodeURIComponent(new URL(address, 'ws://127.0.0.1').pathname.split('/')[1] ?? '')
  } catch {
    return ''
  }
}
