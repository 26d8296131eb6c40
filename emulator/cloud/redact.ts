import { maskText } from './masking/mask-text.ts'
import { HIDDEN, isPhoneField, isSecretField, maskNumber } from './masking/secret-fields.ts'

const DEPTH = 8

/**
 * A copy of `value` fit for a log: fields that hold tokens, codes and openids are replaced, texts are masked as
 * `maskText` does, and what is very deep is cut.
 * @param isSecret which fields hold such values
 */
export function redact(value: unknown, depth = 0, isSecret = isSecretField): unknown {
  if (typeof value === 'string') return maskText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEPTH) return '…'
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1, isSecret))
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, redactField(name, inner, depth, isSecret)]),
  )
}

function redactField(
  name: string,
  value: unknown,
  depth: number,
  isSecret: (name: string) => boolean,
): unknown {
  if (typeof value !== 'string' || value === '') return redact(value, depth + 1, isSecret)
  if (isSecret(name)) return HIDDEN
  return isPhoneField(name) ? maskNumber(value) : redact(value, depth + 1, isSecret)
}
