import { normalizeObservers } from './observers.ts'
import { normalizeProperties } from './properties.ts'
import { normalizeRelations } from './relations.ts'
import { type Definition, isRecord, type Note, recordOf } from './source.ts'

/** A behavior of glass-easel's adapter. */
export interface DefinedBehavior {
  /** glass-easel's own behavior. */
  readonly _$: unknown
  /** Its `definitionFilter`, which changes the definition that uses the behavior. */
  readonly _$bindedDefinitionFilter?: (definition: Definition) => void
}

/** A definition that glass-easel accepts, and the behaviors it uses. */
export interface NormalizedDefinition {
  behaviors: DefinedBehavior[]
  definition: Definition
}

const LIFETIMES = ['created', 'attached', 'ready', 'moved', 'detached', 'error']

/**
 * Leaves out of a definition what glass-easel would throw at and WeChat only warns about: an observer that names no
 * method, a lifetime that is no function, a property of an unknown type, a behavior that does not exist.
 * @param behaviorOf finds a behavior by what `behaviors` has: an object that `Behavior` returned, or `wx://…`
 */
export function normalizeDefinition(
  source: unknown,
  { note, behaviorOf }: { note: Note; behaviorOf: (reference: unknown) => DefinedBehavior | undefined },
): NormalizedDefinition {
  const definition = isRecord(source) ? source : {}
  const listBehaviors = () =>
    listOf(definition['behaviors']).flatMap((reference) => {
      const behavior = behaviorOf(reference)
      if (!behavior) note(`behaviors 里的 ${describe(reference)} 不是 Behavior`)
      return behavior ? [behavior] : []
    })
  for (const behavior of definition['behaviors'] === undefined ? [] : listBehaviors()) {
    behavior._$bindedDefinitionFilter?.(definition)
  }
  const { behaviors: _behaviors, definitionFilter, ...rest } = definition
  const normalized: Definition = {
    ...rest,
    data: typeof rest['data'] === 'function' ? rest['data'] : recordOf(rest['data']),
    properties: normalizeProperties(rest['properties'], note),
    observers: normalizeObservers(rest['observers'], note),
    methods: functionsOf(rest['methods']),
    lifetimes: functionsOf(rest['lifetimes'], (name) => note(`lifetimes.${name} 不是函数`)),
    pageLifetimes: functionsOf(rest['pageLifetimes'], (name) => note(`pageLifetimes.${name} 不是函数`)),
    relations: normalizeRelations(rest['relations'], note),
    externalClasses: listOf(rest['externalClasses']).filter((name) => typeof name === 'string'),
    options: recordOf(rest['options']),
  }
  for (const name of LIFETIMES) {
    if (typeof normalized[name] !== 'function') delete normalized[name]
  }
  if (typeof normalized['export'] !== 'function') delete normalized['export']
  if (typeof definitionFilter === 'function') normalized['definitionFilter'] = definitionFilter
  return { behaviors: listBehaviors(), definition: normalized }
}

function functionsOf(source: unknown, report?: (name: string) => void): Definition {
  const functions: Definition = {}
  for (const [name, value] of Object.entries(recordOf(source))) {
    if (typeof value === 'function') functions[name] = value
    else if (value !== undefined && value !== null) report?.(name)
  }
  return functions
}

/** A list; a single value is a list of one. */
function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.flat() : [value]
}

const describe = (value: unknown) => (typeof value === 'object' ? '对象' : String(value))
