import type { Permission } from './collection.ts'

/** A security rule: true, false, or an expression over `auth`, `doc`, `now`, `request` and `get(…)`. */
export type RuleValue = boolean | string

/** Security rules of a collection (CUSTOM). `write` stands for `create`, `update` and `delete` where they are absent. */
export interface CollectionRules {
  readonly read?: RuleValue
  readonly write?: RuleValue
  readonly create?: RuleValue
  readonly update?: RuleValue
  readonly delete?: RuleValue
}

/** Security rules of cloud storage, over `auth`, `resource.openid`, `resource.path` and `now`. */
export interface StorageRules {
  readonly read?: RuleValue
  readonly write?: RuleValue
}

/** Which functions a mini-program may call. Each value is true, false or `auth != null`; `*` is for all others. */
export type FunctionRules = Readonly<Record<string, { readonly invoke: RuleValue }>>

/** One of the four levels; custom rules are written instead of it. */
export type PermissionLevel = Exclude<Permission, 'CUSTOM'>

/**
 * All permissions of an environment, as a file keeps them:
 * `{ "collections": { "todos": "PRIVATE", "posts": { "read": true, "write": "doc._openid == auth.openid" } },
 * "storage": "READONLY", "functions": { "*": { "invoke": "auth != null" } } }`
 */
export interface Permissions {
  readonly collections?: Readonly<Record<string, PermissionLevel | CollectionRules>>
  readonly storage?: PermissionLevel | StorageRules
  readonly functions?: FunctionRules
}
