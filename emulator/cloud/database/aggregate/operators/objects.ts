import { requestFailed } from '../../failures.ts'
import { type Document, isDocument, ownField } from '../../values/document.ts'
import { typeName } from '../../values/types.ts'
import { namedOperands, onMany, onOne, unlessNothing } from '../expression/arguments.ts'
import { checkName } from '../expression/field-path.ts'
import { type Compiler, isNothing, type Operator } from '../expression/scope.ts'

/** Objects and their fields. */

/** Later fields win. Null and missing operands are passed over. */
export function mergeAll(values: readonly unknown[], name: string): Document {
  const merged: Document = {}
  for (const value of values) {
    if (isNothing(value)) continue
    if (!isDocument(value)) {
      throw requestFailed(`${name} requires object inputs, but input is of type ${typeName(value)}`)
    }
    Object.assign(merged, value)
  }
  return merged
}

const objectToArray = onOne(
  unlessNothing((value, name) => {
    if (isDocument(value)) return Object.entries(value).map(([k, v]) => ({ k, v }))
    throw requestFailed(`${name} requires a document input, found: ${typeName(value)}`)
  }),
)

/** The field's name is a constant; unlike a path it may hold dots and begin with `$`. */
function fieldName(expression: unknown, compiler: Compiler, name: string): string {
  const isPath = typeof expression === 'string' && expression.startsWith('$')
  const field = isPath ? undefined : compiler.compile(expression)({})
  if (typeof field !== 'string') {
    throw requestFailed(`${name} requires 'field' to evaluate to a constant string`)
  }
  checkName(field)
  return field
}

/** Also by the field's name alone, of the document itself. */
const getField: Operator = (operand, compiler, name) => {
  const isNamed = isDocument(operand) && !Object.keys(operand)[0]?.startsWith('$')
  const fields = isNamed ? namedOperands(operand, name, ['field'], ['input']) : { field: operand }
  const field = fieldName(fields['field'], compiler, name)
  const input = compiler.compile(Object.hasOwn(fields, 'input') ? fields['input'] : '$$CURRENT')
  return (scope) => {
    const value = input(scope)
    if (isNothing(value)) return value
    return isDocument(value) ? ownField(value, field) : undefined
  }
}

/** `$$REMOVE` as value takes the field away. */
const setField: Operator = (operand, compiler, name) => {
  const fields = namedOperands(operand, name, ['field', 'input', 'value'])
  const field = fieldName(fields['field'], compiler, name)
  const input = compiler.compile(fields['input'])
  const evaluate = compiler.compile(fields['value'])
  return (scope) => {
    const object = input(scope)
    if (isNothing(object)) return null
    if (!isDocument(object)) throw requestFailed(`${name} requires 'input' to evaluate to type Object`)
    const value = evaluate(scope)
    const { [field]: _replaced, ...others } = object
    return value === undefined ? others : { ...object, [field]: value }
  }
}

const unsetField: Operator = (operand, compiler, name) =>
  setField({ ...namedOperands(operand, name, ['field', 'input']), value: '$$REMOVE' }, compiler, name)

export const objectOperators: Readonly<Record<string, Operator>> = {
  $mergeObjects: onMany(mergeAll),
  $objectToArray: objectToArray,
  $getField: getField,
  $setField: setField,
  $unsetField: unsetField,
}
