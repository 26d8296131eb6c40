import { createHash } from 'node:crypto'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AllowedHosts, isLocalAddress } from '../../cloud/web/allowed-hosts.ts'
import { NotAllowed, openOutgoing } from '../../cloud/web/outgoing.ts'
import { PhoneKit } from '../../testing/phone/phone-kit.ts'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { page, WrittenMiniProgram } from '../../testing/phone/written-mini-program.ts'

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>`

const program = new WrittenMiniProgram(
  page('pages/start/start', { wxml: '开始 <image src="{{src}}" /><view style="{{style}}" />' }),
)
let kit: PhoneKit
let server: Server
let secret: Server
let base = ''
let secretBase = ''
let asked: IncomingMessage[] = []

async function listen(toListen: Server): Promise<string> {
  await new Promise<void>((resolve) => toListen.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(toListen.address() as AddressInfo).port}`
}

beforeAll(async () => {
  secret = createServer((_, response) => response.end('secret'))
  secretBase = await listen(secret)
  server = createServer((request, response) => {
    asked.push(request)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { pathname, search } = new URL(request.url ?? '', base)
      if (pathname === '/away') return response.writeHead(302, { location: `${secretBase}/` }).end()
      if (pathname === '/picture') return response.setHeader('content-type', 'image/svg+xml').end(PICTURE)
      if (pathname === '/page') {
        return response.setHeader('content-type', 'text/html').end('<script>window.hurt = 1</script>')
      }
      response.setHeader('set-cookie', ['a=1; Path=/', 'b=2'])
      response.setHeader('content-type', 'application/json')
      const body = Buffer.concat(chunks).toString('utf8')
      const { method, headers } = request
      return response
        .writeHead(201)
        .end(JSON.stringify({ method, search, body, type: headers['content-type'] }))
    })
  })
  server.on('upgrade', (request, socket) => {
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    const lines = [
      'HTTP/1.1 101 Hello',
      'upgrade: websocket',
      'connection: Upgrade',
      `sec-websocket-accept: ${accept}`,
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    socket.write(Buffer.concat([Buffer.from([0x81, 2]), Buffer.from('hi')]))
    socket.on('error', () => undefined)
    socket.on('end', () => socket.end())
    socket.resume()
  })
  base = await listen(server)
  kit = await PhoneKit.start(program.directory, { allowedHosts: [new URL(base).host, '*'] })
})
afterEach(async () => {
  asked = []
  await kit.finish()
})
afterAll(async () => {
  await kit.stop()
  server.closeAllConnections()
  for (const each of [server, secret]) await new Promise((resolve) => each.close(resolve))
  program.remove()
})

async function open(): Promise<PhonePage> {
  const phone = await kit.phone('oWeb')
  await phone.text('开始').waitFor()
  return phone
}

type Wx = Record<string, (options: object) => unknown>
const call = (phone: PhonePage, name: string, options: object): Promise<Record<string, unknown>> =>
  phone.screen.locator('body').evaluate(
    (_, [method, values]) => {
      const { wx } = globalThis as unknown as { wx: Wx }
      return new Promise((resolve) => wx[method]?.({ ...values, success: resolve, fail: resolve }))
    },
    [name, options] as const,
  )

describe('requests to hosts that are allowed', () => {
  it('send JSON, forms and queries, and answer with status, headers and cookies', async () => {
    const phone = await open()
    expect(
      await call(phone, 'request', { url: `${base}/a?x=1`, method: 'POST', data: { n: 1 } }),
    ).toMatchObject({
      statusCode: 201,
      cookies: ['a=1; Path=/', 'b=2'],
      data: { method: 'POST', search: '?x=1', body: '{"n":1}', type: 'application/json' },
      errMsg: 'request:ok',
    })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(
      await call(phone, 'request', { url: `${base}/f`, method: 'POST', data: { 名: '值' }, header: form }),
    ).toMatchObject({ data: { body: `${encodeURIComponent('名')}=${encodeURIComponent('值')}` } })
    expect(await call(phone, 'request', { url: `${base}/q`, data: { b: [1] } })).toMatchObject({
      data: { method: 'GET', search: '?b=%5B1%5D' },
    })
    const isOwn = await phone.screen.locator('body').evaluate((_, url) => {
      const { wx } = globalThis as unknown as { wx: { request(options: object): Promise<{ data: unknown }> } }
      return wx.request({ url, responseType: 'arraybuffer' }).then(({ data }) => data instanceof ArrayBuffer)
    }, base)
    expect(isOwn).toBe(true)
    expect(asked[0]?.headers.referer).toContain('https://servicewechat.com/')
    const { requests } = await kit.control.get('web-requests')
    expect(requests).toHaveLength(4)
    expect(requests[3]).toMatchObject({
      openid: 'oWeb',
      method: 'POST',
      path: '/a?x=…',
      status: 201,
      outcome: 'answered',
    })
  })

  it('upload and download files, show pictures, and open sockets', async () => {
    const phone = await open()
    const { tempFilePath } = await call(phone, 'downloadFile', { url: `${base}/picture` })
    expect(tempFilePath).toMatch(/^http:\/\/tmp\//)
    const uploaded = await call(phone, 'uploadFile', {
      url: `${base}/up`,
      filePath: tempFilePath,
      name: 'photo',
      formData: { user: '甲' },
    })
    expect(uploaded).toMatchObject({ statusCode: 201, errMsg: 'uploadFile:ok' })
    const { body } = JSON.parse(String(uploaded['data']))
    expect(body).toContain('name="user"\r\n\r\n甲')
    expect(body).toContain(PICTURE)
    const message = await phone.screen.locator('body').evaluate((_, url) => {
      const { wx, getCurrentPages } = globalThis as unknown as {
        wx: {
          connectSocket(options: object): { onMessage(listener: (event: { data: string }) => void): void }
        }
        getCurrentPages(): { setData(data: object): void }[]
      }
      getCurrentPages()[0]?.setData({ src: `${url}/picture` })
      const task = wx.connectSocket({ url: `${url.replace('http', 'ws')}/socket` })
      return new Promise<string>((resolve) => task.onMessage(({ data }) => resolve(data)))
    }, base)
    expect(message).toBe('hi')
    const picture = phone.top.locator('wx-image img')
    await expect
      .poll(() => picture.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(8)
  })

  it('jscode2session is answered by the emulator', async () => {
    const phone = await open()
    const { code } = await call(phone, 'login', {})
    const url = `https://api.weixin.qq.com/sns/jscode2session?appid=a&secret=s&js_code=${code}`
    expect(await call(phone, 'request', { url })).toMatchObject({ data: { openid: 'oWeb' } })
  })
})

describe('hosts that are not allowed', () => {
  it('of pictures, fonts and backgrounds are noted once a host, and are no error', async () => {
    const phone = await open()
    await phone.screen.locator('body').evaluate((_, url) => {
      const { getCurrentPages } = globalThis as unknown as {
        getCurrentPages(): { setData(data: object): void }[]
      }
      getCurrentPages()[0]?.setData({ src: `${url}/a.png`, style: `background: url(${url}/b.png)` })
    }, secretBase)
    const host = new URL(secretBase).host
    await phone.page.locator('.errors .note', { hasText: host }).waitFor()
    expect((await phone.takeErrors()).filter((text) => text.includes(host))).toHaveLength(1)
  })

  it('are refused with WeChat’s words and one note, addresses of this machine even by *', async () => {
    const phone = await open()
    const refusal = { errMsg: 'request:fail url not in domain list', errno: 600002 }
    for (const url of [
      secretBase,
      secretBase.replace('127.0.0.1', 'localhost'),
      `${base}/away`,
      'http://[::1]:80/',
    ]) {
      expect(await call(phone, 'request', { url })).toEqual(refusal)
    }
    expect(await call(phone, 'request', { url: 'file:///etc/passwd' })).toMatchObject({ errno: 600009 })
    await phone.screen.locator('body').evaluate((_, url) => {
      const { wx } = globalThis as unknown as { wx: { request(options: object): Promise<object> } }
      // Nobody handles the failure.
      void wx.request({ url })
    }, secretBase)
    await phone.page.locator('.errors .note', { hasText: '未处理的 Promise' }).waitFor()
    const log = await phone.takeErrors()
    expect(log.filter((text) => text.includes(new URL(secretBase).host))).toHaveLength(1)
    expect(log[0]).toContain('不在允许的域名里')
  })

  it.each([
    ['0.0.0.0', true],
    ['10.1.2.3', true],
    ['169.254.169.254', true],
    ['172.31.0.1', true],
    ['192.168.1.1', true],
    ['100.64.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['fe80::1', true],
    ['fd00::1', true],
    ['2002:7f00:1::', true],
    ['8.8.8.8', false],
    ['172.32.0.1', false],
    ['2606:4700::1111', false],
  ])('%s is a local address: %s', (address, isLocal) => {
    expect(isLocalAddress(address)).toBe(isLocal)
  })

  it.each([
    ['*.example.com', 'https://a.example.com/', true],
    ['*.example.com', 'https://example.com/', false],
    ['*.example.com', 'https://badexample.com/', false],
    ['api.example.com', 'https://api.example.com.evil.test/', false],
    ['https://api.example.com/v1', 'https://api.example.com/v2', true],
  ])('%s and %s: %s', (pattern, url, isAllowed) => {
    const settings = { get: () => undefined }
    const hosts = new AllowedHosts({} as never, settings as never, [pattern])
    expect(hosts.allows(new URL(url))).toBe(isAllowed)
  })
})

it('a host that is not listed is asked nothing', () => {
  const settings = { get: () => undefined }
  const hosts = new AllowedHosts({} as never, settings as never, ['api.example.com'])
  expect(() => openOutgoing(hosts, new URL('https://other.example/'), {})).toThrow(NotAllowed)
})

/** Sends a request as a browser's page would, or as another program. */
function send(
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; headers: object }> {
  const { host, hostname, port } = new URL(kit.cloud.controlUrl)
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname, port, path, method, headers: { host, ...headers } },
      (response) => {
        response.resume()
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
      },
    )
    request.on('error', reject)
    request.end()
  })
}

describe('the way to the web is the phone’s alone', () => {
  const samePage = { 'sec-fetch-site': 'same-origin' }
  const target = () => `/web?url=${encodeURIComponent(`${base}/page`)}`

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }, 403],
    [
      'a link of another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' },
      403,
    ],
    ['an address typed by hand', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }, 400],
    ['another program', {}, 400],
    ['a program that asks for a picture', { 'sec-fetch-dest': 'image' }, 400],
    ['a script of the page', { ...samePage, 'sec-fetch-dest': 'script' }, 400],
    ['a frame of the page', { ...samePage, 'sec-fetch-dest': 'iframe' }, 400],
    ['a style of the page', { ...samePage, 'sec-fetch-dest': 'style' }, 400],
  ])('refuses %s', async (_, headers, status) => {
    expect((await send(target(), headers)).status).toBe(status)
    expect(asked).toEqual([])
  })

  it('hands out what is no picture as bytes that cannot run', async () => {
    const answer = await send(target(), { ...samePage, 'sec-fetch-dest': 'image' })
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/octet-stream',
        'content-security-policy': "default-src 'none'; sandbox",
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
      },
    })
  })

  it('refuses a socket of another site, and of a program', async () => {
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
    }
    const path = `/web?url=${encodeURIComponent(base.replace('http', 'ws'))}`
    expect((await send(path, { ...upgrade, origin: 'https://evil.test' })).status).toBe(403)
    expect((await send(path, upgrade)).status).toBe(403)
  })
})
