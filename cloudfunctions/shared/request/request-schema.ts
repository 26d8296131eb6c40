import type * as v from 'valibot'

/**
 * Binds a schema to its request type of the contract: a schema that accepts other fields, other types, or leaves another
 * field out does not compile. Changes nothing at run time.
 *
 *     export const notesInput = requestSchema<NotesRequest>()(v.object({ text: textField(40) }))
 *
 * The fields that handlers read themselves (`token`) are in neither.
 */
export function requestSchema<Request>() {
  return <Schema extends v.GenericSchema>(schema: Schema & BoundTo<Request, v.InferInput<Schema>>): Schema =>
    schema
}

/** `unknown` for a match; otherwise a type that no schema has, whose properties name the difference. */
type BoundTo<Request, Input> = [
  Exclude<Paths<Request>, Paths<Input>>,
  Exclude<Paths<Input>, Paths<Request>>,
  Exact<Request>,
] extends [never, never, Exact<Input>]
  ? [Exact<Input>] extends [Exact<Request>]
    ? unknown
    : Mismatch<Request, Input>
  : Mismatch<Request, Input>

interface Mismatch<Request, Input> {
  requestAndSchemaDiffer: {
    onlyInRequest: Exclude<Paths<Request>, Paths<Input>>
    onlyInSchema: Exclude<Paths<Input>, Paths<Request>>
  }
}

/** Every field by its path, of all members of a union: `device`, `device.model`. Finds optional fields as well. */
type Paths<Value> = Value extends readonly (infer Item)[]
  ? Paths<Item>
  : Value extends object
    ? {
        [Key in keyof Value & string]-?: Key | `${Key}.${Paths<Exclude<Value[Key], undefined>>}`
      }[keyof Value & string]
    : never

/** Without the `undefined` that `v.optional` adds to a field: JSON has none. */
type Exact<Value> = Value extends object
  ? { [Key in keyof Value]: Exact<Exclude<Value[Key], undefined>> }
  : Value
