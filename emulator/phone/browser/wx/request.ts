import { type HostNotAllowed, notAllowedNote, type WebAnswer, type WebRequest } from '../device/web.ts'
import { ApiFailure } from '../services/api-failure.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import type { Options } from './options.ts'
import { type TransferTask, transferApi } from './transfer-task.ts'

const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT', 'PATCH']
const SENT = ['totalBytesSent', 'totalBytesExpectedToSend'] as const
const WRITTEN = ['totalBytesWritten', 'totalBytesExpectedToWrite'] as const

/** Requests to hosts of the web that are allowed. */
export function requestApis(context: WxContext): WxApis {
  const { device, appConfig } = context
  const { files } = device
  const timeouts = appConfig.networkTimeout ?? {}

  return {
    request: (values?: unknown) => new RequestTask(values, (options, task) => request(options, task)).start(),
    uploadFile: transferApi('uploadFile', SENT, async (options, task) => {
      const path = options.text('filePath')
      const file = files.find(path)
      if (!file) throw new ApiFailure(`createUploadTask:fail file not found`, { errno: 600001 })
      const form = new FormData()
      for (const [name, value] of Object.entries((options.value('formData') ?? {}) as object)) {
        form.append(name, String(value))
      }
      form.append(options.text('name', 'file'), file, options.text('fileName') || path.split('/').at(-1))
      const encoded = new Response(form)
      const type = encoded.headers.get('content-type') ?? ''
      const answer = await send(options, {
        method: 'POST',
        headers: { ...headersOf(options), 'content-type': type },
        body: await encoded.blob(),
        ...watch(task, 'up'),
        timeoutMilliseconds: options.number('timeout', timeouts.uploadFile ?? 60_000),
      })
      return { ...common(answer), data: await answer.body.text() }
    }),
    downloadFile: transferApi('downloadFile', WRITTEN, async (options, task) => {
      const answer = await send(options, {
        method: 'GET',
        headers: headersOf(options),
        ...watch(task, 'down'),
        timeoutMilliseconds: options.number('timeout', timeouts.downloadFile ?? 60_000),
      })
      const target = options.text('filePath')
      if (target !== '') {
        device.userFiles.write({
          path: target,
          bytes: new Uint8Array(await answer.body.arrayBuffer()),
          savedAt: Date.now(),
        })
        return { ...common(answer), filePath: target, tempFilePath: '' }
      }
      const ending = /\.(\w{1,5})$/.exec(new URL(options.text('url')).pathname)?.[1]
      return { ...common(answer), tempFilePath: files.keep(answer.body, ending) }
    }),
  }

  async function request(options: Options, task: RequestTask): Promise<object> {
    const method = options.text('method', 'GET').toUpperCase()
    if (!METHODS.includes(method)) throw new Error('invalid method')
    const headers = headersOf(options)
    const { url, body } = encodeData(options, method, headers)
    const answer = await send(options, {
      method,
      headers,
      url,
      body,
      signal: task.signal,
      timeoutMilliseconds: options.number('timeout', timeouts.request ?? 60_000),
    })
    task.receiveHeaders({ header: answer.headers, statusCode: answer.status, cookies: answer.cookies })
    return { ...common(answer), data: await decodeData(answer.body, options) }
  }

  async function send(
    options: Options,
    request: Omit<WebRequest, 'url'> & { url?: string },
  ): Promise<WebAnswer> {
    const url = request.url ?? options.text('url')
    if (!/^https?:\/\//.test(url)) throw new ApiFailure(`invalid url "${url}"`, { errno: 600009 })
    try {
      return await device.web.send({ ...request, url })
    } catch (error) {
      if ((error as Error).name === 'HostNotAllowed') {
        device.errors.note(notAllowedNote((error as HostNotAllowed).message))
        throw new ApiFailure('url not in domain list', { errno: 600002 })
      }
      if ((error as Error).name === 'NetworkFailure') {
        throw new ApiFailure((error as Error).message, { errno: 600001 })
      }
      throw error
    }
  }
}

const common = ({ status, headers, cookies }: WebAnswer) => ({
  statusCode: status,
  header: headers,
  cookies,
  profile: {},
})

function watch(task: TransferTask, wanted: 'up' | 'down'): Pick<WebRequest, 'onProgress' | 'signal'> {
  const { onProgress, signal } = task.transferOptions
  return {
    signal,
    onProgress: (direction, bytes, total) => {
      if (direction === wanted) onProgress(bytes, total)
    },
  }
}

/** Header names in lower case: WeChat sends JSON unless the mini-program says otherwise, and sets Referer itself. */
function headersOf(options: Options): Record<string, string> {
  const given = Object.entries((options.value('header') ?? {}) as object)
  const headers = given.map(([name, value]) => [name.toLowerCase(), String(value)] as const)
  return Object.fromEntries(headers.filter(([name]) => name !== 'referer'))
}

/** GET puts an object into the query, a form or JSON are written as the content type says. */
function encodeData(
  options: Options,
  method: string,
  headers: Record<string, string>,
): { url: string; body?: string | ArrayBuffer } {
  const url = options.text('url')
  const data = options.value('data')
  headers['content-type'] ??= 'application/json'
  if (data === undefined || data === null) return { url }
  if (data instanceof ArrayBuffer) return { url, body: data }
  const isForm = headers['content-type'].startsWith('application/x-www-form-urlencoded')
  if (typeof data === 'object' && (method === 'GET' || method === 'HEAD')) {
    const query = formOf(data)
    return { url: query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}` }
  }
  if (typeof data === 'object') return { url, body: isForm ? formOf(data) : JSON.stringify(data) }
  return method === 'GET' ? { url } : { url, body: String(data) }
}

function formOf(data: object): string {
  const text = (value: unknown) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
  return Object.entries(data)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(text(value))}`)
    .join('&')
}

/** `dataType` json, the default, parses what can be parsed. */
async function decodeData(body: Blob, options: Options): Promise<unknown> {
  // By a Response of this window: the blob's own method gives an ArrayBuffer of the window around the screen.
  if (options.text('responseType') === 'arraybuffer') return new Response(body).arrayBuffer()
  const text = await body.text()
  if (options.text('dataType', 'json') !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

type HeadersListener = (received: object) => void

/** What `wx.request` returns: the request can be aborted, and its headers listened to. */
class RequestTask {
  readonly #controller = new AbortController()
  readonly #listeners = new Set<HeadersListener>()
  readonly #values: unknown
  readonly #run: (options: Options, task: RequestTask) => Promise<object>

  constructor(values: unknown, run: (options: Options, task: RequestTask) => Promise<object>) {
    this.#values = values
    this.#run = run
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** @returns the task, which without callbacks is a promise, too */
  start(): object {
    const answer = asynchronous('request', (options) => this.#run(options, this))(this.#values)
    const members = {
      abort: () => this.#controller.abort(),
      onHeadersReceived: (listener: HeadersListener) => this.#listeners.add(listener),
      offHeadersReceived: (listener?: HeadersListener) =>
        listener ? this.#listeners.delete(listener) : this.#listeners.clear(),
      onChunkReceived: () => undefined,
      offChunkReceived: () => undefined,
    }
    return answer ? Object.assign(answer, members) : members
  }

  receiveHeaders(received: object): void {
    for (const listener of this.#listeners) listener(received)
  }
}
