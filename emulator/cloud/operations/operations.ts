import type { FiguresSettings } from '../../control/figures.ts'
import { FieldError, readFields } from '../../control/operation-fields.ts'
import type {
  FieldInputs,
  Operation,
  OperationEnd,
  OperationRun,
  OperationsDeclaration,
  OperationsSettings,
} from '../../control/operations.ts'
import { valueAtPath } from '../../control/value-at.ts'
import type { Clock } from '../clock.ts'
import { refusalOf } from '../figures/outcome.ts'
import type { Functions } from '../functions/functions.ts'
import type { InvocationEnd } from '../functions/invocation-end.ts'

const DEFAULT_TITLE = '管理'

/** Name of the console's section of operations; undefined for a project that declares none. */
export function titleOf(settings: OperationsSettings | undefined): string | undefined {
  return settings && (settings.title ?? DEFAULT_TITLE)
}

/** The operation cannot be called. The message is fit to show. */
export class OperationError extends Error {
  override readonly name = 'OperationError'
}

interface OperationsOptions {
  settings: OperationsSettings | undefined
  /** Which answers are refusals. */
  figures: FiguresSettings | undefined
  functions: Functions
  clock: Clock
  appid: string
}

/** The operations that a project declares, and their calls. */
export class Operations {
  readonly #options: OperationsOptions

  constructor(options: OperationsOptions) {
    this.#options = options
  }

  /** Without the functions of the settings, which stay in this process. */
  get declaration(): OperationsDeclaration {
    const { title = DEFAULT_TITLE, operations = [] } = this.#options.settings ?? {}
    return { title, operations }
  }

  find(id: string): Operation | undefined {
    return this.#options.settings?.operations.find((operation) => operation.id === id)
  }

  /**
   * Calls the function of an operation as the console does, with the project's authorization, and opens what is sealed in
   * the answer.
   * @throws OperationError for a field that does not fit, and if the project's own functions fail
   */
  async run(operation: Operation, { inputs = {}, next }: OperationRun): Promise<OperationEnd> {
    const { functions, appid } = this.#options
    const event = await this.#eventOf(operation, inputs, next)
    const end = await functions.invoke(operation.function, event, { source: 'console', appid })
    return this.#describe(operation, end)
  }

  async #eventOf(
    operation: Operation,
    inputs: FieldInputs,
    next: OperationRun['next'],
  ): Promise<Record<string, unknown>> {
    const { settings, clock } = this.#options
    const event: Record<string, unknown> = structuredClone({ ...operation.event })
    for (const [path, value] of Object.entries(fieldsOf(operation, inputs))) setAt(event, path, value)
    const nextField = nextFieldOf(operation)
    if (next !== undefined && nextField !== undefined) setAt(event, nextField, next)
    const authorize = settings?.authorize
    if (!authorize) return event
    const context = { operation: operation.id, now: clock.now() }
    return { ...event, ...(await callProject('authorize', async () => authorize(context))) }
  }

  async #describe(operation: Operation, { requestId, ...end }: InvocationEnd): Promise<OperationEnd> {
    if (end.failure) {
      const { errCode } = end.failure
      const message = end.failure.clientMessage(requestId)
      return { requestId, isDone: false, refusal: String(errCode), message, opened: {} }
    }
    const answer: unknown = JSON.parse(end.json)
    const refusal = refusalOf({ result: answer }, this.#options.figures ?? {})
    const message = valueAtPath(answer, 'message')
    return {
      requestId,
      isDone: refusal === undefined,
      ...(refusal === undefined ? {} : { refusal }),
      ...(typeof message === 'string' ? { message } : {}),
      answer,
      opened: await this.#open(operation, answer),
    }
  }

  async #open({ result = [] }: Operation, answer: unknown): Promise<Record<string, string>> {
    const open = this.#options.settings?.open
    const opened: Record<string, string> = {}
    if (!open) return opened
    for (const block of result) {
      const sealed = block.kind === 'sealed' ? valueAtPath(answer, block.path) : undefined
      if (block.kind !== 'sealed' || typeof sealed !== 'string') continue
      const text = await callProject('open', async () => open(sealed))
      if (text !== undefined) opened[block.path] = text
    }
    return opened
  }
}

/** Where the event says from where on a list goes on. */
function nextFieldOf({ result = [] }: Operation): string | undefined {
  for (const block of result) if (block.kind === 'table' && block.more?.field) return block.more.field
  return undefined
}

function fieldsOf({ fields = [] }: Operation, inputs: FieldInputs) {
  try {
    return readFields(fields, inputs)
  } catch (error) {
    if (error instanceof FieldError) throw new OperationError(error.message)
    throw error
  }
}

function setAt(event: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() ?? path
  let parent = event
  for (const name of names) {
    const child = parent[name]
    const next = typeof child === 'object' && child !== null ? (child as Record<string, unknown>) : {}
    parent[name] = next
    parent = next
  }
  parent[last] = value
}

async function callProject<Value>(name: string, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new OperationError(`emulator.config operations.${name}: ${reason}`)
  }
}
