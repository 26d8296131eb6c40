/** Inside the process of an instance: describes a thrown value. Its places in the sources are found in the cloud. */
import { format, inspect } from 'node:util'

export interface ErrorReport {
  /** Such as `TypeError`; of a value that is no error, what it is. */
  name: string
  message: string
  /** As Node has it; of a value that is no error, the value as text. */
  stack: string
}

/** So many causes of an error are described. */
const CAUSES = 4

/** Never throws, whatever the value's own properties do. */
export function reportError(value: unknown): ErrorReport {
  try {
    if (!isError(value)) return { name: kindOf(value), message: format(value), stack: format(value) }
    const { name, stack } = value
    const message = [textOf(value), ...causesOf(value)].join('\n')
    return {
      name: typeof name === 'string' && name !== '' ? name : 'Error',
      message,
      stack: typeof stack === 'string' ? stack : `${String(name)}: ${message}`,
    }
  } catch {
    return { name: 'Error', message: 'cannot be described', stack: 'cannot be described' }
  }
}

/** Also of another realm, such as one of `vm`. */
export function isError(value: unknown): value is Error {
  if (value instanceof Error) return true
  return Object.prototype.toString.call(value) === '[object Error]'
}

function textOf({ message }: Error): string {
  return typeof message === 'string' ? message : inspect(message)
}

function causesOf(error: Error): string[] {
  const { errors } = error as Error & { errors?: unknown }
  const lines = Array.isArray(errors) ? errors.slice(0, CAUSES).map((inner) => `· ${lineOf(inner)}`) : []
  let { cause } = error as Error & { cause?: unknown }
  for (let depth = 0; depth < CAUSES && cause !== undefined; depth += 1) {
    lines.push(`cause: ${lineOf(cause)}`)
    cause = isError(cause) ? (cause as Error & { cause?: unknown }).cause : undefined
  }
  return lines
}

const lineOf = (value: unknown) => (isError(value) ? `${value.name}: ${textOf(value)}` : format(value))

function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  const name: unknown = value.constructor?.name
  return typeof name === 'string' && name !== '' ? name : 'Object'
}
