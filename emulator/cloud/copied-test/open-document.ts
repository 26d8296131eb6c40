import { type Document, isDocument } from '../database/values/document.ts'
import { redact } from '../redact.ts'

/** A document without what nobody may read in a file of tests. */
export interface OpenDocument {
  document: Document
  /** Paths of the fields that are left out. */
  hidden: string[]
}

/**
 * A document for a test: secrets and personal data are left out, and so is what only bson's own classes can hold. An openid
 * of an account of this machine stays, because a test calls as that person.
 */
export function openDocument(document: Document, isPerson: (openid: string) => boolean): OpenDocument {
  const hidden: string[] = []
  const isHidden = (name: string, value: unknown) =>
    typeof value === 'string' && !isPerson(value) && (redact({ [name]: value }) as Document)[name] !== value

  function open(value: unknown, name: string, path: string): unknown {
    if (Array.isArray(value)) {
      return value
        .map((item, index) => open(item, name, `${path}.${index}`))
        .filter((item) => item !== undefined)
    }
    if (value instanceof Date) return value
    if (typeof value === 'object' && value !== null) {
      if (isDocument(value)) return openFields(value, path === '' ? '' : `${path}.`)
      hidden.push(path)
      return undefined
    }
    if (!isHidden(name, value)) return value
    hidden.push(path)
    return undefined
  }

  function openFields(fields: Document, prefix: string): Document {
    const entries = Object.entries(fields).map(
      ([name, value]) => [name, open(value, name, `${prefix}${name}`)] as const,
    )
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }

  return { document: openFields(document, ''), hidden }
}
