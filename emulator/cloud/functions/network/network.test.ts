import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FixtureCloud } from '../../../testing/fixture-cloud.ts'
import { writeFunctions } from '../../../testing/written-functions.ts'
import { isAllowedHost } from './hosts.ts'

/** Tries to reach a host in every way that Node has; answers the code of the error. */
const REACH = `
const dns = require('dns'), dgram = require('dgram'), http = require('http'), http2 = require('http2')
const https = require('https'), net = require('net'), tls = require('tls')
const { execFile } = require('child_process'), { Worker } = require('worker_threads')
const failure = (emitter) => new Promise((resolve) => emitter.on('error', (error) => resolve(error.code)).on('response', () => resolve('reached')))
const code = (promise) => promise.then(() => 'reached', (error) => (error.cause || error).code)
const script = (host) => 'require("http").get("http://' + host + '/").on("error", (error) => done(error.code)).on("response", () => done("reached"))'
const ways = {
  http: (host) => failure(http.get('http://' + host + '/')),
  https: (host) => failure(https.get('https://' + host + '/')),
  net: (host) => failure(net.connect(80, host)),
  netOptions: (host) => failure(net.connect({ port: 80, host })),
  socket: (host) => failure(new net.Socket().connect(80, host)),
  tls: (host) => failure(tls.connect({ port: 443, host })),
  http2: (host) => failure(http2.connect('https://' + host)),
  fetch: (host) => code(fetch('http://' + host)),
  lookup: (host) => new Promise((resolve) => dns.lookup(host, (error) => resolve(error ? error.code : 'reached'))),
  resolve: (host) => code(dns.promises.resolve4(host)),
  resolver: (host) => code(new dns.promises.Resolver().resolveTxt(host)),
  datagram: (host) => new Promise((resolve) => dgram.createSocket('udp4').send('x', 53, host, (error) => resolve(error ? error.code : 'reached'))),
  process: (host) => new Promise((resolve) => execFile(process.execPath, ['-e', 'const done = console.log;' + script(host)], (_error, out) => resolve(out.trim()))),
  worker: (host) => new Promise((resolve) => new Worker('const done = (value) => require("worker_threads").parentPort.postMessage(value);' + script(host), { eval: true }).on('message', resolve)),
}
exports.main = ({ way, host }) => ways[way](host)`
const WAYS = [...REACH.matchAll(/^ {2}(\w+): \(host\)/gm)].map(([, way = '']) => way)

let directory: string
let kit: FixtureCloud
beforeAll(async () => {
  directory = writeFunctions({ 'reach/index.js': REACH, 'reach/config.json': '{"timeout": 20}' })
  kit = await FixtureCloud.start({ functionsDirectory: directory })
})
afterAll(async () => {
  await kit.stop()
  rmSync(directory, { recursive: true, force: true })
})

const reach = async (way: string, host: string) => (await kit.invoke('reach', 'oAlice', { way, host })).result
const localHost = () => new URL(kit.cloud.sdkUrl).host

describe('a function does not leave this machine', () => {
  it.each(WAYS)('by %s', async (way) => {
    expect(await reach(way, 'service.invalid')).toBe('ERR_NETWORK_NOT_ALLOWED')
  })

  it.each(['net', 'socket', 'tls', 'datagram'])('by address, with %s', async (way) => {
    // Of a range that is reserved for documents (RFC 5737).
    expect(await reach(way, '203.0.113.1')).toBe('ERR_NETWORK_NOT_ALLOWED')
  })

  it('and the log of its call names the host and what allows it', async () => {
    await reach('fetch', 'service.invalid')
    const { logs } = await kit.lastCall()
    expect(logs).toHaveLength(1)
    expect(logs[0]?.text).toMatch(/service\.invalid:80 .*--network.*allowedHosts/)
  })

  it.each(['http', 'fetch', 'worker'])('but reaches programs of this machine by %s', async (way) => {
    expect(await reach(way, localHost())).toBe('reached')
  })
})

it.each([
  ['api.example.com', ['api.example.com'], true],
  ['API.example.com.', ['api.example.com'], true],
  ['api.example.com', ['api.example.com:8443'], true],
  ['api.example.com', ['example.com'], false],
  ['api.example.com', ['*.example.com'], true],
  ['example.com', ['*.example.com'], false],
  ['evil-example.com', ['*.example.com'], false],
  ['anything', ['*'], true],
  ['anything', [], false],
])('%s with %j: %s', (host, allowed, expected) => {
  expect(isAllowedHost(host, allowed)).toBe(expected)
})

it('with every host allowed nothing is held back', async () => {
  const open = await FixtureCloud.start({ functionsDirectory: directory, allowedHosts: ['*'] })
  const { result } = await open.invoke('reach', 'oAlice', { way: 'lookup', host: 'service.invalid' })
  await open.stop()
  expect(result).not.toBe('ERR_NETWORK_NOT_ALLOWED')
})
