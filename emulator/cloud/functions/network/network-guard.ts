/**
 * Inside the process of an instance, and in every Node process and thread that it starts: nothing leaves this machine
 * unless its host is allowed. Loaded before anything else (`NODE_OPTIONS=--require`), as a file of its own.
 *
 * Every TCP connection of Node passes through `Socket.prototype.connect`, also those of TLS, HTTP, HTTP/2 and fetch.
 * Look-ups of names and datagrams are held back as well. Not seen: programs that are not Node, and native addons. It
 * keeps a project from reaching real services by mistake; it is no sandbox for hostile code.
 */
import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { ALLOWED_HOSTS_VARIABLE, isAllowedHost, isLocalHost } from './hosts.ts'

const allowed = (process.env[ALLOWED_HOSTS_VARIABLE] ?? '').split(',').filter((host) => host !== '')

function install(): void {
  guardSockets()
  guardNames()
  guardDatagrams()
  // For code that imports these by name from an ECMAScript module.
  syncBuiltinESMExports()
}

/** The error of a connection that is not made; also logs it. Absent for a host that may be reached. */
function refusal(host: string, port?: unknown): Error | undefined {
  if (isLocalHost(host) || isAllowedHost(host, allowed)) return undefined
  const target = port === undefined ? host : `${host}:${String(port)}`
  const message = `${target} 没有连接：模拟器里的云函数不能访问外网，请用 --network 启动，或把它加到 allowedHosts · not connected: start with --network, or add the host to allowedHosts`
  console.warn(message)
  return Object.assign(new Error(message), { code: 'ERR_NETWORK_NOT_ALLOWED', syscall: 'connect', host })
}

function guardSockets(): void {
  const connect = net.Socket.prototype.connect as (...values: unknown[]) => net.Socket
  function guarded(this: net.Socket, ...values: unknown[]): net.Socket {
    const { host, port } = targetOf(values)
    const error = host === undefined ? undefined : refusal(host, port)
    if (!error) return connect.apply(this, values)
    // As a failed connection: later, and by an event.
    process.nextTick(() => this.destroy(error))
    return this
  }
  net.Socket.prototype.connect = guarded as typeof net.Socket.prototype.connect
}

/** The forms of `socket.connect`. No host: a pipe, which stays on this machine. */
function targetOf(values: readonly unknown[]): { host?: string; port?: unknown } {
  // net.connect hands its arguments over as one array, with the options first.
  const [first, second] = Array.isArray(values[0]) ? values[0] : values
  if (typeof first === 'object' && first !== null) {
    const { host, port, path } = first as { host?: unknown; port?: unknown; path?: unknown }
    if (path !== undefined && path !== null) return {}
    return { host: typeof host === 'string' && host !== '' ? host : 'localhost', port }
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) return {}
  return { host: typeof second === 'string' && second !== '' ? second : 'localhost', port: first }
}

type Lookup = (name: string, ...values: unknown[]) => unknown

const NAME_QUERIES =
  'lookup resolve resolve4 resolve6 resolveAny resolveCaa resolveCname resolveMx resolveNaptr resolveNs resolvePtr resolveSoa resolveSrv resolveTxt'

function guardNames(): void {
  const withCallback: object[] = [dns, dns.Resolver.prototype]
  const withPromise: object[] = [dns.promises, dns.promises.Resolver.prototype]
  for (const method of NAME_QUERIES.split(' ')) {
    for (const owner of withCallback) {
      replace(owner, method, (error, values) => {
        const callback = values[values.length - 1]
        if (typeof callback !== 'function') throw error
        process.nextTick(callback as (reason: Error) => void, error)
        return undefined
      })
    }
    for (const owner of withPromise) replace(owner, method, (error) => Promise.reject(error))
  }
}

function replace(owner: object, method: string, refuse: (error: Error, values: unknown[]) => unknown): void {
  const original = Reflect.get(owner, method) as Lookup | undefined
  if (typeof original !== 'function') return
  const guarded: Lookup = function (this: unknown, name, ...values) {
    const error = typeof name === 'string' ? refusal(name) : undefined
    return error ? refuse(error, values) : original.call(this, name, ...values)
  }
  const { prototype: _prototype, ...properties } = Object.getOwnPropertyDescriptors(original)
  // util.promisify reads hidden properties of these.
  Reflect.set(owner, method, Object.defineProperties(guarded, properties))
}

function guardDatagrams(): void {
  const send = dgram.Socket.prototype.send as (...values: unknown[]) => void
  function guardedSend(this: dgram.Socket, ...values: unknown[]): void {
    // (message, [offset, length,] port?, address?, callback?): the address is the last text.
    const address = values.slice(1).find((value) => typeof value === 'string') as string | undefined
    const error = address === undefined ? undefined : refusal(address)
    if (!error) {
      send.apply(this, values)
      return
    }
    const callback = values[values.length - 1]
    if (typeof callback === 'function') process.nextTick(callback as (reason: Error) => void, error)
    else process.nextTick(() => this.emit('error', error))
  }
  dgram.Socket.prototype.send = guardedSend as typeof dgram.Socket.prototype.send
  const connect = dgram.Socket.prototype.connect as (...values: unknown[]) => void
  function guardedConnect(this: dgram.Socket, port: number, ...values: unknown[]): void {
    const error = typeof values[0] === 'string' ? refusal(values[0], port) : undefined
    if (error) process.nextTick(() => this.emit('error', error))
    else connect.call(this, port, ...values)
  }
  dgram.Socket.prototype.connect = guardedConnect as typeof dgram.Socket.prototype.connect
}

// Last, since it uses what is above.
if (!allowed.includes('*')) install()
