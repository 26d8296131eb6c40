/** A document in MongoDB's relaxed extended JSON; integers beyond 2^53 keep their digits as `{"$numberLong": "…"}`. */
export type JsonDocument = Record<string, unknown>

/** How many documents one request of the console may change or remove. */
export const LARGEST_BULK = 10_000

/** One field of the documents of a collection, as a sample of them has it. */
export interface FieldInfo {
  /** In dotted form. */
  path: string
  /** Names of BSON types, the most frequent first. */
  types: string[]
  /** How many documents of the sample have it. */
  documents: number
}

/** Who has changed a document. */
export type ChangeOrigin =
  /** A cloud function, in the call with this id. */
  | { kind: 'call'; requestId: string; functionName: string }
  /** A page, under the permission of the collection. */
  | { kind: 'client'; openid: string }
  | { kind: 'console' }
  | { kind: 'import' }
  /** A program that uses the SDK outside of any function. */
  | { kind: 'sdk' }

/** What a write made of one field. Values are extended JSON in which secrets and numbers are masked. */
export interface FieldChange {
  /** In dotted form. */
  field: string
  /** Absent: the field was not there. */
  before?: unknown
  /** Absent: the field is not there any more. */
  after?: unknown
  /** A value was long: it is the beginning of its JSON, as text. */
  isCut?: true
}

/** One write of one document. */
export interface DocumentChange {
  /** Milliseconds since 1970 by the cloud's clock. */
  at: number
  kind: 'insert' | 'update' | 'remove'
  /** The `_id` in extended JSON. */
  id: unknown
  by: ChangeOrigin
  fields: FieldChange[]
  /** How many further fields have changed. */
  furtherFields?: number
}

/** A file that is sent as it is made. */
export interface FileAnswer {
  fileName: string
  contentType: string
  chunks: AsyncIterable<string>
}

export type ExportFormat = 'jsonl' | 'csv'

/** How a column of a CSV file is read. `auto` goes by each cell. */
export type CsvType = 'auto' | 'string' | 'number' | 'bool' | 'date' | 'objectId' | 'json'

/** What an import makes, or would make, of a collection. */
export interface MergeResult {
  added: number
  replaced: number
  unchanged: number
  /** The first of what cannot be taken; nothing is written unless there is none. */
  errors: { line: number; reason: string }[]
  errorCount: number
  /** Of a CSV file. */
  columns?: CsvColumn[]
}

export interface CsvColumn {
  path: string
  type: CsvType
}

/** Documents of one collection that belong to a person. */
export interface PersonDocuments {
  collection: string
  /** Fields that hold the openid, or the `_id` of the person's user document. */
  fields: string[]
  total: number
  /** The first of them. */
  documents: JsonDocument[]
}
