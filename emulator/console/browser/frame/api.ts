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
  const response = await fetch(`/control/${address}`, init).catch(throwUnreachable)
  const answer = await response.json()
  if (!response.ok) throw new Error(String(answer.error ?? response.status))
  return answer
}

/** The browser's own words say only that something was not fetched. */
function throwUnreachable(): never {
  throw new Error('云环境没有回应，可能已停止：在终端重新运行 npm start，再试一次')
}

/** Sends a file as it is, so that it need not fit into memory. @throws as {@link control} */
export async function controlFile<const Address extends string>(
  address: KnownAddress<'POST', Address>,
  file: File,
): Promise<AddressAnswer<'POST', Address>> {
  const headers = { 'content-type': 'application/octet-stream' }
  const response = await fetch(`/control/${address}`, { method: 'POST', headers, body: file }).catch(
    throwUnreachable,
  )
  const answer = await response.json()
  if (!response.ok) throw new Error(String(answer.error ?? response.status))
  return answer
}

export function documentsPath(collection: string) {
  return `collections/${encodeURIComponent(collection)}/documents` as const
}
