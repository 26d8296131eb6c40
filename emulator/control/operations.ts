/**
 * Operations (管理操作) of a project: what an administrator does by calling a function as the cloud console's 云端测试
 * does, declared once in emulator.config and shown by the console as forms, tables and buttons. A path such as
 * `data.users` names a field of the function's answer, of a row or of the event, level by level.
 */
export interface OperationsDeclaration {
  /** Name of the console's section. */
  title: string
  operations: readonly Operation[]
}

/** The `operations` of emulator.config. */
export interface OperationsSettings {
  /** 管理 by default. */
  title?: string
  operations: readonly Operation[]
  /**
   * Fields for the event of each call, over those of the form, such as a token. Runs in the emulator's process: what it
   * makes them of never reaches the page. Not in `emulator.config.json`.
   */
  authorize?: (context: OperationContext) => object | Promise<object>
  /**
   * Opens a sealed value of an answer, in the emulator's process.
   * @returns undefined if it cannot be opened here
   */
  open?: (sealed: string) => string | undefined | Promise<string | undefined>
}

export interface OperationContext {
  /** Id of the operation. */
  operation: string
  /** Milliseconds since 1970, by the cloud's clock. */
  now: number
}

export interface Operation {
  /** Lower-case letters, digits and hyphens; part of the address, `#operations/<id>`. */
  id: string
  /** On the button that runs it, such as `停用`. */
  name: string
  /** One sentence above the form. */
  description?: string
  /** The function that is called. */
  function: string
  /** Fields that are in every event, such as `{ action: 'disable' }`. */
  event?: Readonly<Record<string, unknown>>
  /** The form. */
  fields?: readonly OperationField[]
  /** What is shown of an answer, one block below the other; without it the answer as JSON. */
  result?: readonly ResultBlock[]
  /** Runs as soon as it is opened with all that it requires: for what only reads. */
  runsAtOnce?: boolean
  /**
   * The question that is asked before it runs, where `{count}` stands for the number of subjects:
   * `停用 {count} 位用户，并结束其所有会话？`. What it shows is loaded again afterwards.
   */
  confirm?: string
  /** Its buttons are red. */
  isDangerous?: boolean
  /** What it is about, if it can be run from a row, from several rows or from a document. */
  subject?: OperationSubject
}

export interface OperationSubject {
  /** Name of the form's field that takes the key of a row, or the `_id` of a document. */
  field: string
  /** The collection whose documents are subjects: the console links to the operation from each. */
  collection?: string
  /** Rows that it applies to; others are left out, and said to be. */
  when?: { path: string; in: readonly (string | number | boolean)[] }
  /** How many it takes at once, a call each; any number by default. */
  most?: number
}

export interface OperationField {
  /** Path in the event. Of a `choice` any name. */
  name: string
  label: string
  /**
   * `text` by default. `time` is written as ISO 8601 in UTC, `date` as `2026-11-28`; `choice` is a text for one of
   * several fields, of which the user chooses one: `options` are their paths.
   */
  type?: 'text' | 'longText' | 'number' | 'time' | 'date' | 'boolean' | 'select' | 'choice'
  /** Of `select` and `choice`: labels by value. */
  options?: Readonly<Record<string, string>>
  isRequired?: boolean
  /** Characters, after blanks at both ends are cut off. */
  leastCharacters?: number
  mostCharacters?: number
  /** Of a number. */
  minimum?: number
  maximum?: number
  /** A regular expression for the whole text. */
  pattern?: string
  /** Says what is expected, below the field and when it does not fit. */
  hint?: string
  /** What it holds at first. */
  initial?: string | number | boolean
}

export type ResultBlock = TableBlock | DetailsBlock | SealedBlock | TotalsBlock | CountsBlock | ChartBlock

/** How a value is shown. */
export interface ShownValue {
  path: string
  label: string
  /** `text` by default; `time` is ISO 8601 or milliseconds since 1970. */
  as?: 'text' | 'number' | 'time' | 'code' | 'boolean'
  /** Texts by value. */
  texts?: Readonly<Record<string, string>>
  /** Makes it a badge of that colour, by value. */
  tones?: Readonly<Record<string, 'good' | 'bad' | 'warn'>>
}

/** Rows of a list, with a file of them as CSV. */
export interface TableBlock {
  kind: 'table'
  title: string
  /** Path of the list in the answer. */
  path: string
  columns: readonly ShownValue[]
  /** Path in a row of what tells it apart. Needed for `opens` and `operations`. */
  key?: string
  /** The operation that the first cell of a row links to. */
  opens?: string
  /** Operations on the rows that are selected. */
  operations?: readonly string[]
  /** Path in the answer that says that there is more; with `field` its value goes there to continue. */
  more?: { path: string; field?: string }
  /** Instead of an empty table. */
  empty?: string
}

/** Fields of one object. */
export interface DetailsBlock {
  kind: 'details'
  title: string
  /** Path of the object in the answer. */
  path: string
  fields: readonly ShownValue[]
  /** As of a row. */
  key?: string
  operations?: readonly string[]
}

/** A value that {@link OperationsSettings.open} opens, shown until the user leaves it. */
export interface SealedBlock {
  kind: 'sealed'
  label: string
  path: string
}

/** Numbers of the answer, large. */
export interface TotalsBlock {
  kind: 'totals'
  items: readonly { path: string; label: string; note?: string }[]
}

/** An object of numbers, such as counts by reason, as bars. */
export interface CountsBlock {
  kind: 'counts'
  title: string
  path: string
  /** Path of a list, in each row of which `path` is: shows the sums. */
  over?: string
  /** Head of the column of names. */
  label: string
  /** Texts by name; those that are not named come after them, as they are. */
  texts?: Readonly<Record<string, string>>
}

/** A list of rows, such as days, as stacked bars with a table. */
export interface ChartBlock {
  kind: 'chart'
  title: string
  path: string
  /** The bars begin with the last row. */
  isNewestFirst?: boolean
  /** Path in a row of what is under its bar. */
  label: string
  /** Head of the column of labels. */
  labelTitle: string
  /** Paths of numbers in a row. */
  series: readonly { path: string; name: string }[]
}

/** A value of the form: a text, or whether a box is ticked; of a choice the path and the text. */
export type FieldInput = string | boolean | { path: string; text: string }

export type FieldInputs = Readonly<Record<string, FieldInput>>

/** What an operation is run with. */
export interface OperationRun {
  /** By the names of its fields. */
  inputs?: FieldInputs | undefined
  /** The value at {@link TableBlock.more} of the answer before, to go on from there. */
  next?: string | number | undefined
}

/** How a call of an operation ended. */
export interface OperationEnd {
  requestId: string
  isDone: boolean
  /** Reason or code of a refusal, or the platform's error number. */
  refusal?: string
  /** The function's own words, or the platform's. */
  message?: string
  /** What the function answered. Absent if it failed. */
  answer?: unknown
  /** Opened values by path of their sealed block. Absent where it could not be opened. */
  opened: Readonly<Record<string, string>>
}
