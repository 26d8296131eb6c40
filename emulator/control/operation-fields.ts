import type { FieldInput, FieldInputs, OperationField } from './operations.ts'

/** A field that does not fit. The message is fit to show. */
export class FieldError extends Error {
  override readonly name = 'FieldError'
  readonly field: string

  constructor(field: OperationField, message: string) {
    super(`${field.label}：${message}`)
    this.field = field.name
  }
}

/** The fields of the event by path; those that are left empty are absent. @throws FieldError */
export function readFields(
  fields: readonly OperationField[],
  inputs: FieldInputs,
): Record<string, string | number | boolean> {
  const values: Record<string, string | number | boolean> = {}
  for (const field of fields) {
    const input = inputs[field.name]
    if (field.type === 'boolean') {
      if (input === true) values[field.name] = true
      continue
    }
    const { path, text } = textOf(field, input)
    if (text !== '') values[path] = readText(field, text)
    else if (field.isRequired) throw new FieldError(field, '请填写')
  }
  return values
}

function textOf(field: OperationField, input: FieldInput | undefined): { path: string; text: string } {
  if (field.type !== 'choice') {
    return { path: field.name, text: typeof input === 'string' ? input.trim() : '' }
  }
  if (typeof input !== 'object') return { path: field.name, text: '' }
  if (!Object.hasOwn(field.options ?? {}, input.path)) throw new FieldError(field, '没有这个选项')
  return { path: input.path, text: input.text.trim() }
}

function readText(field: OperationField, text: string): string | number {
  switch (field.type) {
    case 'number':
      return readNumber(field, text)
    case 'time': {
      const time = new Date(text)
      if (Number.isNaN(time.getTime())) throw new FieldError(field, '不是时间')
      return time.toISOString()
    }
    case 'date':
      if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new FieldError(field, '不是日期')
      return text
    case 'select':
      if (!Object.hasOwn(field.options ?? {}, text)) throw new FieldError(field, '没有这个选项')
      return text
    default:
      return checkText(field, text)
  }
}

function readNumber(field: OperationField, text: string): number {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = field
  const value = Number(text)
  if (Number.isNaN(value)) throw new FieldError(field, '不是数字')
  if (value < minimum) throw new FieldError(field, `最小 ${minimum}`)
  if (value > maximum) throw new FieldError(field, `最大 ${maximum}`)
  return value
}

function checkText(field: OperationField, text: string): string {
  const { leastCharacters = 0, mostCharacters = Number.POSITIVE_INFINITY, pattern, hint } = field
  if (text.length < leastCharacters) throw new FieldError(field, `至少 ${leastCharacters} 个字`)
  if (text.length > mostCharacters) throw new FieldError(field, `最多 ${mostCharacters} 个字`)
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(text)) {
    throw new FieldError(field, hint ?? '格式不对')
  }
  return text
}
