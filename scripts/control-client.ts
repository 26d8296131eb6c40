/** Calls to the control interface of a running embedded cloud. */
export class ControlClient {
  readonly #url: string

  constructor(controlUrl: string) {
    this.#url = controlUrl
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#request(path, { method: 'GET' })
  }

  post<Answer>(path: string, body: unknown = {}, method = 'POST'): Promise<Answer> {
    const headers = { 'content-type': 'application/json' }
    return this.#request(path, { method, headers, body: JSON.stringify(body) })
  }

  /** @throws Error with the cloud's own words when it refuses */
  async #request<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.#url}/${path}`, init)
    const body = (await response.json()) as Answer & { error?: string }
    if (!response.ok) throw new Error(`${path}: ${body.error ?? response.status}`)
    return body
  }
}
