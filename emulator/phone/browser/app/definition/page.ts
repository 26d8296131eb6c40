import { type Definition, recordOf } from './source.ts'

/** Fields of `Page({…})` that are no fields of the page instance. */
const DEFINING = new Set(['data', 'options', 'behaviors', 'methods'])

/**
 * The parameter of `Page`: its functions are methods, and its other fields are fields of each page instance. The
 * `definitionFilter` of a behavior sees all of them, and may add observers.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html
 */
export function splitPage(source: unknown): { definition: Definition; fields: Definition } {
  const entries = Object.entries(recordOf(source))
  const methods = entries.filter(([, value]) => typeof value === 'function')
  const others = entries.filter(([, value]) => typeof value !== 'function')
  return {
    definition: { ...Object.fromEntries(others), methods: Object.fromEntries(methods) },
    fields: Object.fromEntries(others.filter(([name]) => !DEFINING.has(name))),
  }
}

/**
 * Each page instance has its own copy of plain objects and lists. What has a class, such as an audio context or a
 * database, is shared: a copy would lose its methods.
 */
export function copyFields(fields: Definition): Definition {
  return copy(fields, new Map()) as Definition
}

function copy(value: unknown, copied: Map<unknown, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const known = copied.get(value)
  if (known !== undefined) return known
  if (Array.isArray(value)) {
    const list: unknown[] = []
    copied.set(value, list)
    for (const item of value) list.push(copy(item, copied))
    return list
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  const record: Definition = {}
  copied.set(value, record)
  for (const [name, item] of Object.entries(value)) record[name] = copy(item, copied)
  return record
}
