import * as v from 'valibot'
import type { JsonDocument, Nothing } from '../../control/interface.ts'
import type { ControlAnswer, ControlBody, ControlRoute } from '../../control/route-types.ts'
import type { Topic } from '../../control/topic.ts'
import type { CloudServices } from '../cloud-services.ts'
import { decodeEjson } from '../database/values/ejson.ts'
import { toExtendedJson } from '../database/values/extended-json.ts'
import { parseJson } from '../wire/json-depth.ts'

/** How the server answers one route of the control interface. */
export interface Route<Name extends ControlRoute> extends RouteOptions {
  /** @param input the JSON body, or for GET the query @throws ControlError, CloudError */
  handle: (
    cloud: CloudServices,
    input: unknown,
    parameters: Record<string, string>,
  ) => Result<Name> | Promise<Result<Name>>
}

interface RouteOptions {
  /** What a successful call changes, unless it is the machine's own state. */
  topic?: Topic
  /** Says itself whether something has changed. */
  isQuiet?: true
  /** Takes the body as it arrives, as `input`; see {@link StreamInput}. */
  isStream?: true
  /** Answers with a file instead of JSON. */
  isFile?: true
}

type Result<Name extends ControlRoute> =
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that returns nothing answers `{}`
  ControlAnswer<Name> extends Nothing ? void : ControlAnswer<Name>

/** A route, whatever it answers. */
export interface AnyRoute extends RouteOptions {
  handle: (cloud: CloudServices, input: unknown, parameters: Record<string, string>) => unknown
}

/** Every route of the control interface. */
export type Routes = { readonly [Name in ControlRoute]: Route<Name> }

/** Reads the body of a route. The schema and the description of the interface agree, or this does not compile. */
export type BodySchema<Name extends ControlRoute> = v.GenericSchema<ControlBody<Name>>

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

/** Documents as JSON that loses no type, `{"$date":"2026-01-01T00:00:00Z"}`. */
export function toJson(documents: readonly object[]): JsonDocument[] {
  return documents.map((document) => toExtendedJson(document) as JsonDocument)
}

/** @throws ControlError 400 unless the text is an object in extended JSON */
export function parseExtendedJson(text: string): Record<string, unknown> {
  try {
    const json = parseJson(text)
    if (Array.isArray(json)) throw new TypeError('not an object')
    const value = decodeEjson(parse(v.record(v.string(), v.unknown()), json), { now: Date.now() })
    return parse(v.record(v.string(), v.unknown()), value)
  } catch {
    throw new ControlError(400, 'filter and sort must be JSON objects')
  }
}
