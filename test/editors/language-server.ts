import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { projectPath } from '../../scripts/lib/project.ts'

interface Message {
  id?: number
  method?: string
  result?: unknown
  error?: { message: string }
}

interface Diagnostic {
  message: string
  range: { start: { line: number } }
}

const HEADER_END = '\r\n\r\n'

/** TypeScript's language server, as an editor runs it, on this project. */
export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #waiting = new Map<number, (message: Message) => void>()
  #lastId = 0
  #received: Buffer = Buffer.alloc(0)

  private constructor() {
    const tsc = projectPath('node_modules/typescript/bin/tsc')
    this.#process = spawn(process.execPath, [tsc, '--lsp', '--stdio'], { cwd: projectPath('.') })
    this.#process.stdout.on('data', (data: Buffer) => this.#receive(data))
  }

  static async start(): Promise<LanguageServer> {
    const server = new LanguageServer()
    const rootUri = pathToFileURL(projectPath('.')).href
    await server.#request('initialize', { processId: process.pid, rootUri, capabilities: {} })
    server.#send({ method: 'initialized', params: {} })
    return server
  }

  /** Opens a file of the project. @param text that somebody has typed instead of the file's own */
  open(path: string, text = readFileSync(projectPath(path), 'utf8')): void {
    const textDocument = { uri: uriOf(path), languageId: languageOf(path), version: 1, text }
    this.#send({ method: 'textDocument/didOpen', params: { textDocument } })
  }

  close(path: string): void {
    this.#send({ method: 'textDocument/didClose', params: { textDocument: { uri: uriOf(path) } } })
  }

  /** What the editor would underline, `line: message` each. */
  async diagnostics(path: string): Promise<string[]> {
    const textDocument = { uri: uriOf(path) }
    const { items } = (await this.#request('textDocument/diagnostic', { textDocument })) as {
      items: Diagnostic[]
    }
    return items.map(({ range, message }) => `${range.start.line + 1}: ${message}`)
  }

  /** What the editor offers at the end of an open file. */
  async completions(path: string, text: string): Promise<string[]> {
    const lines = text.split('\n')
    const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }
    const offered = await this.#request('textDocument/completion', {
      textDocument: { uri: uriOf(path) },
      position,
    })
    const { items } = offered as { items: { label: string }[] }
    return items.map(({ label }) => label.replace(/\?$/, ''))
  }

  async stop(): Promise<void> {
    await this.#request('shutdown', undefined)
    this.#process.kill()
  }

  #request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`))
        else resolve(result)
      })
      this.#send({ id, method, params })
    })
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}${HEADER_END}${body}`)
  }

  #receive(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data])
    for (;;) {
      const end = this.#received.indexOf(HEADER_END)
      const [, length] =
        /Content-Length: (\d+)/i.exec(this.#received.subarray(0, Math.max(end, 0)).toString()) ?? []
      const bodyAt = end + HEADER_END.length
      const bodyEnd = bodyAt + Number(length)
      if (end < 0 || length === undefined || this.#received.length < bodyEnd) return
      const message = JSON.parse(this.#received.subarray(bodyAt, bodyEnd).toString()) as Message
      this.#received = this.#received.subarray(bodyEnd)
      this.#handle(message)
    }
  }

  #handle(message: Message): void {
    const { id, method } = message
    if (id === undefined) return
    if (method !== undefined) {
      // The server asks for settings, of which there are none.
      this.#send({ id, result: null })
      return
    }
    this.#waiting.get(id)?.(message)
    this.#waiting.delete(id)
  }
}

const uriOf = (path: string) => pathToFileURL(projectPath(path)).href
const languageOf = (path: string) => (path.endsWith('.tsx') ? 'typescriptreact' : 'typescript')
