import { RuleError } from './rule-error.ts'

/** Rules as an object: as they are, or parsed from JSON text. @throws RuleError */
export function objectOf(rules: unknown, key = ''): Record<string, unknown> {
  const value = typeof rules === 'string' ? parse(rules, key) : rules
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RuleError('应当是 JSON 对象', { key })
  }
  return value as Record<string, unknown>
}

function parse(text: string, key: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RuleError(`不是 JSON：${(error as Error).message}`, { key })
  }
}

/** @throws RuleError for a key that means nothing */
export function requireKeys(rules: Record<string, unknown>, known: readonly string[], key = ''): void {
  const stranger = Object.keys(rules).find((name) => !known.includes(name))
  if (stranger === undefined) return
  throw new RuleError(`没有这种操作，可用：${known.join('、')}`, {
    key: key === '' ? stranger : `${key}.${stranger}`,
  })
}
