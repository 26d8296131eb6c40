import type { StorageRules } from '../../control/permissions.ts'
import { objectOf, requireKeys } from './read-json.ts'
import { Rule } from './rule.ts'

const KEYS = ['read', 'write'] as const

/**
 * The security rules of cloud storage. What has no rule is denied (WeChat: 云存储安全规则, 规则说明).
 * @throws RuleError with the place of the mistake
 */
export function parseStorageRules(
  rules: StorageRules | string,
): Readonly<Record<(typeof KEYS)[number], Rule>> {
  const values = objectOf(rules)
  requireKeys(values, KEYS)
  const ruleOf = (key: string) => Rule.parse(values[key] ?? false, key, ['auth', 'resource', 'now'])
  return { read: ruleOf('read'), write: ruleOf('write') }
}
