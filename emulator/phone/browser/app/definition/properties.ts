import { methodByName } from './methods-by-name.ts'
import { type Definition, isRecord, type Note, recordOf } from './source.ts'

/** Types that a property may have; null is any type. */
const TYPES: readonly unknown[] = [String, Number, Boolean, Object, Array, Function, null]

/** `properties` of a definition. A property without a type of WeChat's has any type. */
export function normalizeProperties(source: unknown, note: Note): Definition {
  const properties: Definition = {}
  for (const [name, property] of Object.entries(recordOf(source))) {
    properties[name] = normalizeProperty(name, property, note)
  }
  return properties
}

function normalizeProperty(name: string, source: unknown, note: Note): unknown {
  if (TYPES.includes(source)) return source
  if (Array.isArray(source)) return typesOf(name, source, note)
  if (!isRecord(source)) {
    note(`properties.${name} 没有类型，按任意类型处理`)
    return null
  }
  const { type, optionalTypes, observer, comparer, ...rest } = source
  const types = [...(Array.isArray(type) ? type : [type]), ...listOf(optionalTypes)]
  return {
    ...rest,
    ...typesOf(name, types, note),
    ...(typeof comparer === 'function' ? { comparer } : {}),
    ...observerOf(name, observer, note),
  }
}

/** The first type is the property's own, which decides its default value. */
function typesOf(name: string, types: readonly unknown[], note: Note): Definition {
  const known = types.filter((type) => TYPES.includes(type))
  if (known.length < types.length) note(`properties.${name} 的类型不对，按任意类型处理`)
  const [type, ...optionalTypes] = known.length < types.length ? [null] : known
  return { type: type ?? null, ...(optionalTypes.length > 0 ? { optionalTypes } : {}) }
}

function observerOf(name: string, observer: unknown, note: Note): Definition {
  if (typeof observer === 'function') return { observer }
  if (typeof observer === 'string' && observer !== '') {
    return { observer: methodByName(observer, `properties.${name}.observer`, note) }
  }
  if (observer !== undefined && observer !== null) note(`properties.${name}.observer 不是函数`)
  return {}
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
