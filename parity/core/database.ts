/**
 * The database as questions use it. The SDK's own declarations lack most of it, and refuse on purpose what a question wants
 * to send.
 */
export interface Database {
  readonly command: Commands & { readonly aggregate: Expressions }
  readonly Geo: Geo
  collection(name: string): Collection
  createCollection(name: string): Promise<Result>
  runTransaction<Value>(work: (transaction: Transaction) => Promise<Value>, times?: number): Promise<Value>
  startTransaction(): Promise<
    Transaction & { commit(): Promise<Result>; rollback(reason?: unknown): Promise<Result> }
  >
  serverDate(options?: { offset: number }): unknown
  RegExp(options: { regexp: string; options?: string }): unknown
}

/** What the SDK answers; its shape is what questions ask about. */
export type Result = Readonly<Record<string, unknown>>

export interface Transaction {
  collection(name: string): Collection
  rollback(reason?: unknown): Promise<Result>
}

export interface Collection extends Query {
  add(options: { data: unknown }): Promise<Result>
  doc(id: unknown): DocumentReference
  aggregate(): Pipeline
}

export interface Query {
  where(condition: unknown): Query
  orderBy(field: string, order: string): Query
  skip(count: number): Query
  limit(count: number): Query
  field(projection: unknown): Query
  get(): Promise<{ readonly data: readonly Result[] }>
  count(): Promise<{ readonly total: number }>
  update(options: {
    data: unknown
    multi?: boolean
  }): Promise<{ readonly stats: { readonly updated: number } }>
  remove(options?: { multi?: boolean }): Promise<{ readonly stats: { readonly removed: number } }>
}

export interface DocumentReference {
  field(projection: unknown): DocumentReference
  get(): Promise<{ readonly data: Result }>
  set(options: { data: unknown }): Promise<Result>
  update(options: { data: unknown }): Promise<{ readonly stats: { readonly updated: number } }>
  remove(): Promise<{ readonly stats: { readonly removed: number } }>
}

export type StageName =
  | 'addFields'
  | 'bucket'
  | 'bucketAuto'
  | 'collStats'
  | 'count'
  | 'facet'
  | 'geoNear'
  | 'graphLookup'
  | 'group'
  | 'indexStats'
  | 'limit'
  | 'lookup'
  | 'match'
  | 'out'
  | 'project'
  | 'redact'
  | 'replaceRoot'
  | 'sample'
  | 'skip'
  | 'sort'
  | 'sortByCount'
  | 'unwind'

/** An aggregation. */
export type Pipeline = Record<StageName, (value?: unknown) => Pipeline> & {
  end(): Promise<{ readonly list: readonly Result[] }>
}

type CommandName =
  | 'eq'
  | 'neq'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'in'
  | 'nin'
  | 'and'
  | 'or'
  | 'nor'
  | 'not'
  | 'exists'
  | 'mod'
  | 'all'
  | 'elemMatch'
  | 'size'
  | 'geoNear'
  | 'geoWithin'
  | 'geoIntersects'
  | 'expr'
  | 'jsonSchema'
  | 'text'
  | 'set'
  | 'remove'
  | 'inc'
  | 'mul'
  | 'max'
  | 'min'
  | 'rename'
  | 'bit'
  | 'push'
  | 'pop'
  | 'shift'
  | 'unshift'
  | 'pull'
  | 'pullAll'
  | 'addToSet'

/** `db.command`. Each command can be followed by another. */
export type Commands = Record<CommandName, (...values: readonly unknown[]) => Commands>

export type ExpressionName =
  | 'abs'
  | 'add'
  | 'ceil'
  | 'divide'
  | 'exp'
  | 'floor'
  | 'ln'
  | 'log'
  | 'log10'
  | 'mod'
  | 'multiply'
  | 'pow'
  | 'sqrt'
  | 'subtract'
  | 'trunc'
  | 'arrayElemAt'
  | 'arrayToObject'
  | 'concatArrays'
  | 'filter'
  | 'in'
  | 'indexOfArray'
  | 'isArray'
  | 'map'
  | 'range'
  | 'reduce'
  | 'reverseArray'
  | 'size'
  | 'slice'
  | 'zip'
  | 'and'
  | 'not'
  | 'or'
  | 'cmp'
  | 'eq'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'neq'
  | 'cond'
  | 'ifNull'
  | 'switch'
  | 'dateFromParts'
  | 'dateFromString'
  | 'dayOfMonth'
  | 'dayOfWeek'
  | 'dayOfYear'
  | 'isoDayOfWeek'
  | 'isoWeek'
  | 'isoWeekYear'
  | 'millisecond'
  | 'minute'
  | 'month'
  | 'second'
  | 'hour'
  | 'week'
  | 'year'
  | 'literal'
  | 'mergeObjects'
  | 'objectToArray'
  | 'allElementsTrue'
  | 'anyElementTrue'
  | 'setDifference'
  | 'setEquals'
  | 'setIntersection'
  | 'setIsSubset'
  | 'setUnion'
  | 'concat'
  | 'dateToString'
  | 'indexOfBytes'
  | 'indexOfCP'
  | 'split'
  | 'strLenBytes'
  | 'strLenCP'
  | 'strcasecmp'
  | 'substr'
  | 'substrBytes'
  | 'substrCP'
  | 'toLower'
  | 'toUpper'
  | 'meta'
  | 'addToSet'
  | 'avg'
  | 'first'
  | 'last'
  | 'max'
  | 'min'
  | 'push'
  | 'stdDevPop'
  | 'stdDevSamp'
  | 'sum'
  | 'let'

/** `db.command.aggregate`: the expressions that the SDK knows, such as `$.sum('$days')`. */
export type Expressions = Record<ExpressionName, (...values: readonly unknown[]) => unknown>

export interface Geo {
  Point(longitude: number, latitude: number): unknown
  LineString(points: readonly unknown[]): unknown
  Polygon(lines: readonly unknown[]): unknown
  MultiPoint(points: readonly unknown[]): unknown
  MultiLineString(lines: readonly unknown[]): unknown
  MultiPolygon(polygons: readonly unknown[]): unknown
}
