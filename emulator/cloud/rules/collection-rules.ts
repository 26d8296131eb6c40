import type { CollectionRules } from '../../control/permissions.ts'
import { objectOf, requireKeys } from './read-json.ts'
import { Rule } from './rule.ts'

export type CollectionOperation = 'read' | 'create' | 'update' | 'delete'

const KEYS = ['read', 'write', 'create', 'update', 'delete'] as const
const VARIABLES = ['auth', 'doc', 'now', 'request', 'get']

/**
 * The security rules of a collection by operation. `write` stands for each kind of write that has no rule of its own;
 * what has no rule is denied (CloudBase: 安全规则语言).
 * @param rules an object, or JSON text
 * @throws RuleError with the place of the mistake
 */
export function parseCollectionRules(
  rules: CollectionRules | string,
): Readonly<Record<CollectionOperation, Rule>> {
  const values = objectOf(rules)
  requireKeys(values, KEYS)
  const ruleOf = (key: (typeof KEYS)[number]): Rule | undefined =>
    values[key] === undefined ? undefined : Rule.parse(values[key], key, VARIABLES)
  const never = Rule.parse(false, '', VARIABLES)
  const write = ruleOf('write') ?? never
  return {
    read: ruleOf('read') ?? never,
    create: ruleOf('create') ?? write,
    update: ruleOf('update') ?? write,
    delete: ruleOf('delete') ?? write,
  }
}
