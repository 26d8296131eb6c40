import { EJSON } from 'bson'
import * as v from 'valibot'
import type { Topic } from '../changes.ts'
import type { CloudParts } from '../cloud-parts.ts'
import { parseJson } from '../wire/json-depth.ts'

/** One thing the control interface can be asked. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/control/`; a segment `:name` stands for any one segment and is handed over under that name. */
  path: string
  /** What a successful call changes, unless it is the machine's own state. */
  topic?: Topic
  /** Takes the body as it arrives, as `input`; see {@link StreamInput}. */
  isStream?: true
  /** @param input the JSON body, or for GET the query @throws ControlError, CloudError */
  handle: (cloud: CloudParts, input: unknown, parameters: Record<string, string>) => unknown
}

/** The body of a file that may be larger than memory, and the query. */
export interface StreamInput {
  body: AsyncIterable<Uint8Array>
  query: Record<string, string>
}

/** A control request that makes no sense; `status` is the HTTP status of the answer. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export const openidSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(128))

/** Of a query, where everything is text. */
export const countSchema = v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(0))

/** @throws ControlError 400 naming the field */
export function parse<Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const issue = result.issues[0]
  throw new ControlError(400, `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`)
}

/** Values of the database as JSON: MongoDB's relaxed extended JSON, `{"$date":"2026-01-01T00:00:00Z"}`. */
export function toJson(value: unknown): unknown {
  return JSON.parse(EJSON.stringify(value))
}

/** @throws ControlError 400 unless the text is an object in extended JSON */
export function parseExtendedJson(text: string): Record<string, unknown> {
  try {
    const json = parseJson(text)
    if (Array.isArray(json)) throw new TypeError('not an object')
    return EJSON.deserialize(parse(v.record(v.string(), v.unknown()), json))
  } catch {
    throw new ControlError(400, 'filter and sort must be JSON objects')
  }
}
