import type { FunctionRules } from '../../control/permissions.ts'
import { objectOf, requireKeys } from './read-json.ts'
import { RuleError } from './rule-error.ts'

/** The rules of a new environment. */
export const DEFAULT_FUNCTION_RULES: FunctionRules = { '*': { invoke: 'auth != null' } }

/**
 * Checks the rules of the functions: `*` and functions by name, each with `invoke`, which the platform takes in three
 * forms only: true, false and `auth != null` (CloudBase: 云函数安全规则).
 * @throws RuleError with the place of the mistake
 */
export function parseFunctionRules(rules: FunctionRules | string): FunctionRules {
  const values = objectOf(rules)
  if (values['*'] === undefined) throw new RuleError('缺少通配规则 "*"', { key: '' })
  for (const [name, value] of Object.entries(values)) {
    const entry = objectOf(value, name)
    requireKeys(entry, ['invoke'], name)
    const { invoke } = entry
    const isKnown =
      typeof invoke === 'boolean' || (typeof invoke === 'string' && /^\s*auth\s*!=\s*null\s*$/.test(invoke))
    if (!isKnown) {
      throw new RuleError('只支持 true、false 和 "auth != null"', { key: `${name}.invoke` })
    }
  }
  return values as unknown as FunctionRules
}

/** Whether a person's mini-program may call a function; everybody who comes from WeChat is logged in. */
export function mayInvoke(rules: FunctionRules, functionName: string): boolean {
  const rule = Object.hasOwn(rules, functionName) ? rules[functionName] : rules['*']
  return rule?.invoke !== false
}
