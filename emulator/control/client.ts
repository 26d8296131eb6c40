import type { AddressAnswer, BodyArguments, KnownAddress } from './route-types.ts'

/** Calls to the control interface of a running cloud. Each rejects with the cloud's own words when it refuses. */
export class ControlClient {
  readonly #url: string

  constructor(controlUrl: string) {
    this.#url = controlUrl
  }

  get<const Address extends string>(
    address: KnownAddress<'GET', Address>,
  ): Promise<AddressAnswer<'GET', Address>> {
    return this.request('GET', address)
  }

  post<const Address extends string>(
    address: KnownAddress<'POST', Address>,
    ...[body = {}]: BodyArguments<'POST', Address>
  ): Promise<AddressAnswer<'POST', Address>> {
    return this.request('POST', address, body)
  }

  put<const Address extends string>(
    address: KnownAddress<'PUT', Address>,
    ...[body = {}]: BodyArguments<'PUT', Address>
  ): Promise<AddressAnswer<'PUT', Address>> {
    return this.request('PUT', address, body)
  }

  delete<const Address extends string>(
    address: KnownAddress<'DELETE', Address>,
    ...[body = {}]: BodyArguments<'DELETE', Address>
  ): Promise<AddressAnswer<'DELETE', Address>> {
    return this.request('DELETE', address, body)
  }

  /** Any request, also one the interface does not know. */
  async request<Answer>(method: string, address: string, body?: unknown): Promise<Answer> {
    const init: RequestInit = { method }
    if (body !== undefined) {
      init.headers = { 'content-type': 'application/json' }
      init.body = JSON.stringify(body)
    }
    const response = await fetch(`${this.#url}/${address}`, init)
    const answer = (await response.json()) as Answer & { error?: string }
    if (!response.ok) throw new Error(`${address}: ${answer.error ?? response.status}`)
    return answer
  }
}
