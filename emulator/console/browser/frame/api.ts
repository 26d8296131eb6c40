import type {
  AddressAnswer,
  BodyArguments,
  ControlMethod,
  KnownAddress,
} from '../../../control/route-types.ts'

/** The control interface of the cloud that serves this page. */

/** A request that the interface describes. @throws Error with the cloud's own words when it refuses */
export function control<Method extends ControlMethod, const Address extends string>(
  method: Method,
  address: KnownAddress<Method, Address>,
  ...[body]: BodyArguments<Method, Address>
): Promise<AddressAnswer<Method, Address>> {
  return request(method, address, body)
}

/** Any request. @throws as {@link control} */
export async function request<Answer>(
  method: ControlMethod,
  address: string,
  body?: unknown,
): Promise<Answer> {
  const init: RequestInit = { method }
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' }
    init.body = JSON.stringify(body)
  }
  const response = await fetch(`/control/${address}`, init)
  const answer = await response.json()
  if (!response.ok) throw new Error(String(answer.error ?? response.status))
  return answer
}

/** Sends a file as it is, so that it need not fit into memory. @throws as {@link control} */
export async function controlFile<const Address extends string>(
  address: KnownAddress<'POST', Address>,
  file: File,
): Promise<AddressAnswer<'POST', Address>> {
  const headers = { 'content-type': 'application/octet-stream' }
  const response = await fetch(`/control/${address}`, { method: 'POST', headers, body: file })
  const answer = await response.json()
  if (!response.ok) throw new Error(String(answer.error ?? response.status))
  return answer
}

export function documentsPath(collection: string) {
  return `collections/${encodeURIComponent(collection)}/documents` as const
}
