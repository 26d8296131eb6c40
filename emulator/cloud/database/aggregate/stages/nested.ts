import { invalidOperator, requestFailed } from '../../failures.ts'
import { type Document, isDocument } from '../../values/document.ts'
import { checkField } from '../expression/field-path.ts'
import { type Evaluate, type Scope, scopeOf } from '../expression/scope.ts'
import { type CompileStage, type Run, stageFields } from './stage.ts'

/** Stages with pipelines inside, or that look into documents level by level. */

const NOT_IN_FACETS = new Set(['$facet', '$geoNear', '$collStats', '$indexStats'])

/** Several pipelines over the same documents. */
const facet: CompileStage = (specification, { compiler, pipeline }, name) => {
  if (!isDocument(specification) || Object.keys(specification).length === 0) {
    throw requestFailed(`the ${name} specification must be a non-empty object`)
  }
  const facets = Object.entries(specification).map(([field, stages]): [string, Run] => {
    checkField(field)
    if (field.includes('.')) throw requestFailed(`the name of a facet must not contain '.': '${field}'`)
    if (!Array.isArray(stages)) throw requestFailed(`arguments to ${name} must be arrays, ${field} is not`)
    for (const stage of stages) {
      const [inner = ''] = isDocument(stage) ? Object.keys(stage) : []
      if (NOT_IN_FACETS.has(inner))
        throw requestFailed(`${inner} is not allowed to be used within a ${name} stage`)
    }
    return [field, pipeline(stages, { compiler })]
  })
  return (documents, outer) => [
    Object.fromEntries(facets.map(([field, run]) => [field, run(documents, outer)])),
  ]
}

/** Documents of another collection after those that come in. */
const unionWith: CompileStage = (specification, { access, compiler, pipeline }, name) => {
  const { coll, pipeline: stages = [] } =
    typeof specification === 'string'
      ? { coll: specification }
      : stageFields(specification, name, ['coll'], ['pipeline'])
  if (typeof coll !== 'string' || coll === '') throw requestFailed(`${name} needs the name of a collection`)
  const source = access.findCollection(coll)
  // Its own documents come in only when the collection exists.
  const run = pipeline(stages, source ? { compiler, source } : { compiler })
  return (documents, outer) => [...documents, ...run([], outer)]
}

const DECISIONS = ['DESCEND', 'PRUNE', 'KEEP']

/** Keeps, prunes or looks into each document and each document inside. */
const redact: CompileStage = (expression, { compiler }, name) => {
  const marks = Object.fromEntries(DECISIONS.map((decision) => [decision, { [name]: decision }]))
  const evaluate = compiler.withDecisions(DECISIONS).compile(expression)
  return (documents, outer) =>
    documents.flatMap((document) => {
      const scope = { ...scopeOf(document, outer), ...marks }
      const kept = redactOne(document, scope, evaluate, marks)
      return kept === undefined ? [] : [kept]
    })
}

function redactOne(document: Document, scope: Scope, evaluate: Evaluate, marks: Scope): Document | undefined {
  const decision = evaluate({ ...scope, CURRENT: document })
  if (decision === marks['KEEP']) return document
  if (decision === marks['PRUNE']) return undefined
  if (decision !== marks['DESCEND']) {
    throw requestFailed('$redact must evaluate to $$DESCEND, $$PRUNE or $$KEEP')
  }
  const kept: Document = {}
  for (const [field, value] of Object.entries(document)) {
    const inner = redactInto(value, scope, evaluate, marks)
    if (inner !== undefined) kept[field] = inner
  }
  return kept
}

function redactInto(value: unknown, scope: Scope, evaluate: Evaluate, marks: Scope): unknown {
  if (isDocument(value)) return redactOne(value, scope, evaluate, marks)
  if (!Array.isArray(value)) return value
  return value.map((item) => redactInto(item, scope, evaluate, marks)).filter((item) => item !== undefined)
}

/** A pipeline as documents write it: one stage an object. @throws for anything else */
export function parseStages(stages: unknown): { name: string; value: unknown }[] {
  if (!Array.isArray(stages)) throw requestFailed('a pipeline must be an array of stages')
  return stages.map((stage) => {
    const [name, ...others] = isDocument(stage) ? Object.keys(stage) : []
    if (!isDocument(stage) || name === undefined || others.length > 0) {
      throw requestFailed('A pipeline stage specification object must contain exactly one field.')
    }
    if (!name.startsWith('$')) throw invalidOperator(`Unrecognized pipeline stage name: '${name}'`)
    return { name, value: stage[name] }
  })
}

export const nestedStages: Readonly<Record<string, CompileStage>> = {
  $facet: facet,
  $unionWith: unionWith,
  $redact: redact,
}
