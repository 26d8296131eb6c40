import { notAllowedNote, webSocketAddress } from '../device/web.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import { Options } from './options.ts'

type Listener = (event: object) => void
type SocketEvent = 'Open' | 'Message' | 'Close' | 'Error'
const EVENTS: readonly SocketEvent[] = ['Open', 'Message', 'Close', 'Error']

/** The server closes the connection with this code when the host is not allowed. */
const REFUSED = 4403
const NORMAL = 1000

/** WebSocket connections to hosts that are allowed, and the older interfaces for a single one. */
export function socketApis(context: WxContext): WxApis {
  const shared = new Listeners()
  let latest: SocketTask | undefined
  const require = () => {
    if (!latest) throw new Error('WebSocket is not connected')
    return latest
  }
  return {
    connectSocket: (values?: unknown) => {
      const task = new SocketTask(context, new Options(values), shared)
      latest = task
      void asynchronous('connectSocket', () => ({ socketTaskId: task.id }))(values)
      return task.members
    },
    sendSocketMessage: asynchronous('sendSocketMessage', (options) => require().send(options.value('data'))),
    closeSocket: asynchronous('closeSocket', (options) => require().close(options)),
    ...Object.fromEntries(
      EVENTS.map((event) => [`onSocket${event}`, (listener: Listener) => shared.add(event, listener)]),
    ),
  }
}

class Listeners {
  readonly #listeners = new Map<SocketEvent, Listener[]>()

  add(event: SocketEvent, listener: Listener): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
  }

  emit(event: SocketEvent, detail: object): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(detail)
  }
}

let lastId = 0

/** One connection; `members` is what the mini-program gets. */
class SocketTask {
  readonly id: number
  readonly members: object
  readonly #socket: WebSocket
  readonly #own = new Listeners()

  constructor({ device }: WxContext, options: Options, shared: Listeners) {
    lastId += 1
    this.id = lastId
    const url = options.text('url')
    const emit = (event: SocketEvent, detail: object) => {
      this.#own.emit(event, detail)
      shared.emit(event, detail)
    }
    const protocols = options.list('protocols').map(String)
    const socket = new WebSocket(webSocketAddress(url, device.identity.openid), protocols)
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => emit('Open', { header: {} })
    socket.onmessage = ({ data }) => emit('Message', { data })
    socket.onerror = () => emit('Error', { errMsg: 'connectSocket:fail' })
    socket.onclose = ({ code, reason }) => {
      if (code === REFUSED) {
        device.errors.note(notAllowedNote(new URL(url).host))
        emit('Error', { errMsg: 'connectSocket:fail url not in domain list', errno: 600002 })
      }
      emit('Close', { code, reason })
    }
    this.members = {
      get readyState() {
        return socket.readyState
      },
      CONNECTING: 0,
      OPEN: 1,
      CLOSING: 2,
      CLOSED: 3,
      send: asynchronous('sendSocketMessage', (sent) => this.send(sent.value('data'))),
      close: asynchronous('closeSocket', (closed) => this.close(closed)),
      ...Object.fromEntries(
        EVENTS.map((event) => [`on${event}`, (listener: Listener) => this.#own.add(event, listener)]),
      ),
    }
  }

  /** @throws Error unless the connection is open */
  send(data: unknown): void {
    if (this.#socket.readyState !== WebSocket.OPEN) throw new Error('SocketTask.readyState is not OPEN')
    this.#socket.send(data instanceof ArrayBuffer ? data : String(data))
  }

  close(options: Options): void {
    const code = options.number('code', NORMAL)
    // A browser's page may close with these codes only.
    const isAllowed = code === NORMAL || (code >= 3000 && code < 5000)
    this.#socket.close(isAllowed ? code : NORMAL, options.text('reason'))
  }
}
