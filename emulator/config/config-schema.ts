import * as v from 'valibot'
import { LIMITS } from '../cloud/limits.ts'
import { parsePermissions } from '../cloud/permissions/parse-permissions.ts'
import { RuleError } from '../cloud/rules/rule-error.ts'
import type { Operation } from '../control/operations.ts'
import type { EmulatorConfig } from './emulator-config.ts'
import { findOperationFaults, operationsSchema } from './operations-schema.ts'

const permission = v.picklist(['READONLY', 'PRIVATE', 'ADMINWRITE', 'ADMINONLY'])
const index = v.strictObject({
  name: v.string(),
  keys: v.array(v.strictObject({ field: v.string(), direction: v.picklist([1, -1, '2dsphere']) })),
  unique: v.optional(v.boolean()),
  sparse: v.optional(v.boolean()),
})
const collection = v.strictObject({
  permission: v.optional(permission),
  indexes: v.optional(v.array(index)),
})
const variables = v.record(v.string(), v.string())
const positive = v.pipe(v.number(), v.gtValue(0))
const functionSettings = v.strictObject({
  timeoutSeconds: v.optional(v.pipe(positive, v.maxValue(LIMITS.functions.maximumTimeoutSeconds))),
  memoryMegabytes: v.optional(positive),
  runtime: v.optional(v.string()),
  variables: v.optional(variables),
  http: v.optional(v.string()),
})
const field = v.pipe(v.string(), v.nonEmpty())
const price = v.pipe(v.number(), v.minValue(0))
const figures = v.strictObject({
  logins: v.optional(
    v.strictObject({
      function: field,
      kinds: v.optional(v.record(v.string(), field)),
      otherwise: v.optional(field),
    }),
  ),
  outcome: v.optional(
    v.strictObject({
      codeField: v.optional(field),
      reasonField: v.optional(field),
      successCodes: v.optional(v.array(v.union([v.number(), v.string()]))),
    }),
  ),
  prices: v.optional(v.strictObject({ quickYuan: v.optional(price), realtimeYuan: v.optional(price) })),
})
const anyFunction = v.custom<(...parameters: never[]) => unknown>((value) => typeof value === 'function')

/** One field for each of EmulatorConfig. */
const fields = {
  appid: v.optional(v.pipe(v.string(), v.nonEmpty())),
  environmentId: v.optional(v.pipe(v.string(), v.nonEmpty())),
  variables: v.optional(variables),
  functions: v.optional(v.record(v.string(), functionSettings)),
  wx: v.optional(v.pipe(v.string(), v.nonEmpty())),
  permissions: v.optional(v.record(v.string(), v.unknown())),
  permissionsFile: v.optional(v.pipe(v.string(), v.nonEmpty())),
  allowedHosts: v.optional(v.array(v.string())),
  openapi: v.optional(v.record(v.string(), anyFunction)),
  collections: v.optional(v.record(v.string(), v.union([permission, collection]))),
  strictCollections: v.optional(v.boolean()),
  userTable: v.optional(v.union([v.boolean(), v.pipe(v.string(), v.nonEmpty())])),
  figures: v.optional(figures),
  operations: v.optional(operationsSchema),
  guide: v.optional(v.strictObject({ tap: field, text: v.optional(field) })),
  example: v.optional(v.strictObject({ description: v.optional(field), use: anyFunction })),
  build: v.optional(v.strictObject({ watch: v.array(v.string()), run: anyFunction })),
} satisfies Record<keyof EmulatorConfig, v.GenericSchema>

const schema = v.strictObject(fields)

/** @returns a line for each field that is unknown or has a wrong value, with its path; none for a good one */
export function findConfigFaults(value: unknown): string[] {
  const result = v.safeParse(schema, value)
  if (!result.success) return [...new Set(result.issues.map(describe))]
  const { permissions = {}, operations } = result.output
  return [
    ...findPermissionFaults(permissions),
    ...(operations ? findOperationFaults(operations.operations as readonly Operation[]) : []),
  ]
}

function findPermissionFaults(permissions: Readonly<Record<string, unknown>>): string[] {
  try {
    parsePermissions(permissions)
    return []
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    return [`permissions: ${error.message}`]
  }
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? ''
  if (issue.expected === 'never') return `${path}: 没有这个设置 · there is no such setting`
  const expected = issue.expected ?? issue.message
  return `${path === '' ? '' : `${path}: `}应为 ${expected}，实际是 · expected ${expected}, found ${issue.received}`
}
