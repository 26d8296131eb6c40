import { addressOf } from '../frame/route'

/** Stands before an id that is no text, which is JSON then; and before a text that begins with it. */
const MARK = '~'

/** The address of a document: `#database/notes/n1`. */
export function documentAddress(collection: string, id: unknown): string {
  const isPlain = typeof id === 'string' && !id.startsWith(MARK)
  return addressOf('database', `${collection}/${isPlain ? id : MARK + JSON.stringify(id)}`)
}

/** The id that an address names; the reverse of {@link documentAddress}. */
export function idOfAddress(text: string): unknown {
  if (!text.startsWith(MARK)) return text
  try {
    return JSON.parse(text.slice(MARK.length))
  } catch {
    return text
  }
}

/** An id as a key of this page. */
export function idKey(id: unknown): string {
  return JSON.stringify(id)
}
