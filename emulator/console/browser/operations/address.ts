import { addressOf } from '../frame/route'

/**
 * The address of an operation, with ids for its form: `#operations/show?userId=u1`. Ids alone: an address stays in the
 * browser's history.
 */
export function operationAddress(id: string, fields: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(fields).toString()
  return addressOf('operations', query === '' ? id : `${id}?${query}`)
}

/** The reverse of {@link operationAddress}, of the part after `#operations/`. */
export function parseDetail(detail: string): { id: string; fields: Readonly<Record<string, string>> } {
  const [id = '', query = ''] = detail.split('?')
  return { id, fields: Object.fromEntries(new URLSearchParams(query)) }
}
