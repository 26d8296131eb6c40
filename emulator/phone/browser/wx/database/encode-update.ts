import { LogicCommand, QueryCommand, UpdateCommand } from './commands.ts'
import { encodeQuery, isCommand } from './encode-query.ts'
import { CODES, DatabaseFailure } from './failure.ts'
import { encodeValue, type Fields, isPlain } from './values.ts'

/**
 * The data of `update()` as MongoDB's operators: plain values are set, nested objects field by field.
 * @throws DatabaseFailure for data that is no object, that is empty, or that has an `_id`
 */
export function encodeUpdate(data: unknown): Fields {
  const fields = requireData(data)
  const operators: Record<string, Fields> = {}
  addChanges(operators, fields, '')
  if (Object.keys(operators).length === 0) {
    throw new DatabaseFailure(CODES.general, 'options.data must not be empty')
  }
  return operators
}

function addChanges(operators: Record<string, Fields>, fields: Fields, prefix: string): void {
  for (const [name, value] of Object.entries(fields)) {
    const path = `${prefix}${name}`
    if (value === undefined) continue
    if (isPlain(value) && !isCommand(value)) {
      addChanges(operators, value, `${path}.`)
      continue
    }
    const command = value instanceof UpdateCommand ? value : new UpdateCommand('$set', value)
    const { operator } = command
    operators[operator] = { ...operators[operator], [path]: encodeOperand(command) }
  }
}

function encodeOperand({ operator, operand }: UpdateCommand): unknown {
  if (operator !== '$pull') return encodeValue(operand)
  // A condition: on the element itself, or on fields of it.
  const element = '-'
  if (operand instanceof QueryCommand || operand instanceof LogicCommand) {
    return encodeQuery({ [element]: operand })[element]
  }
  return isPlain(operand) ? encodeQuery(operand) : encodeValue(operand)
}

/**
 * The data of `add()` or `set()` as a document.
 * @throws DatabaseFailure for data that is no object, or has a command in it
 */
export function encodeDocument(data: unknown, mayHaveId: boolean): Fields {
  const fields = mayHaveId ? requireObject(data) : requireData(data)
  refuseCommands(fields)
  return encodeValue(fields) as Fields
}

function refuseCommands(value: unknown, around: readonly unknown[] = []): void {
  if (typeof value !== 'object' || value === null || around.includes(value)) return
  if (isCommand(value)) throw new DatabaseFailure(CODES.requestFailed, 'update operator complicit')
  for (const inner of Object.values(value)) refuseCommands(inner, [...around, value])
}

function requireData(data: unknown): Fields {
  const fields = requireObject(data)
  if ('_id' in fields) throw new DatabaseFailure(CODES.invalidParameters, '不能更新_id的值')
  return fields
}

function requireObject(data: unknown): Fields {
  if (isPlain(data) && !isCommand(data)) return data
  const type = data === null ? 'null' : Array.isArray(data) ? 'array' : typeof data
  throw new DatabaseFailure(
    CODES.badType,
    `parameter error: parameter.data should be object instead of ${type};`,
  )
}
