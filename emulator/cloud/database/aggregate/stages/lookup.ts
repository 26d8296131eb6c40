import type { Access } from '../../access/access.ts'
import { requestFailed } from '../../failures.ts'
import type { Collection } from '../../storage/collection-catalog.ts'
import { keyText } from '../../storage/index-keys.ts'
import { cloneDocument, type Document, isDocument } from '../../values/document.ts'
import { valuesAt, withElements } from '../../values/field-path.ts'
import { type Scope, scopeOf } from '../expression/scope.ts'
import { compileVariables } from '../operators/iterations.ts'
import { compileMatch } from './simple.ts'
import { type CompileStage, type Run, setPath, stageFields, writablePath } from './stage.ts'

/** Finds the documents of the other collection that a document is joined with. */
type Join = (document: Document, outer: Scope) => Document[]

/** `$lookup`, by equal fields, by a pipeline, or both. A collection that does not exist is an empty one. */
export const lookup: CompileStage = (specification, { access, compiler, pipeline }, name) => {
  const fields = stageFields(
    specification,
    name,
    ['from', 'as'],
    ['localField', 'foreignField', 'let', 'pipeline'],
  )
  const { from, as, localField, foreignField, pipeline: stages } = fields
  if (typeof from !== 'string' || from === '') throw requestFailed(`${name} argument 'from' must be a string`)
  const target = writablePath(as, `${name} argument 'as'`)
  const isByFields = localField !== undefined || foreignField !== undefined
  if (!isByFields && stages === undefined) {
    throw requestFailed(
      `${name} requires either 'pipeline' or both 'localField' and 'foreignField' to be specified`,
    )
  }
  if (stages === undefined && fields['let'] !== undefined)
    throw requestFailed(`${name} with 'let' needs a pipeline`)
  const paths = isByFields
    ? {
        local: writablePath(localField, `${name} argument 'localField'`),
        foreign: writablePath(foreignField, `${name} argument 'foreignField'`),
      }
    : undefined
  const variables = compileVariables(fields['let'] ?? {}, compiler)
  const inner = compiler.withNames(variables.map(([variable]) => variable))
  const source = access.findCollection(from)
  const run =
    stages === undefined
      ? undefined
      : pipeline(stages, isByFields || !source ? { compiler: inner } : { compiler: inner, source })
  const scopeFor = (document: Document, outer: Scope): Scope => {
    const scope = scopeOf(document, outer)
    return {
      ...outer,
      ...Object.fromEntries(variables.map(([variable, evaluate]) => [variable, evaluate(scope)])),
    }
  }
  return (documents, outer) => {
    if (documents.length === 0) return []
    const join = joinOf(access, source, paths, run, variables.length > 0)
    return documents.map((document) =>
      setPath(cloneDocument(document), target, join(document, scopeFor(document, outer)).map(cloneDocument)),
    )
  }
}

interface Paths {
  readonly local: readonly string[]
  readonly foreign: readonly string[]
}

function joinOf(
  access: Access,
  collection: Collection | undefined,
  paths: Paths | undefined,
  run: Run | undefined,
  isCorrelated: boolean,
): Join {
  if (paths) {
    const candidates = joinByFields(access, collection, paths)
    return run ? (document, outer) => run(candidates(document), outer) : candidates
  }
  if (!run || !collection) return () => []
  if (isCorrelated) return (_document, outer) => run([], outer)
  // Without variables of its own it gives the same for each document.
  let found: Document[] | undefined
  return (_document, outer) => {
    found ??= run([], outer)
    return found
  }
}

function joinByFields(access: Access, collection: Collection | undefined, { local, foreign }: Paths) {
  if (!collection) return () => []
  const field = foreign.join('.')
  const keysOf = (document: Document) => joinKeys(valuesAt(document, local).flat())
  const index = collection.indexes.find(
    ({ keys, sparse }) =>
      !sparse && keys.length === 1 && keys[0]?.field === field && keys[0].direction !== '2dsphere',
  )
  if (index) {
    return (document: Document) =>
      [...access.lookup(collection, index, keysOf(document))].map((candidate) => candidate.document)
  }
  const byKey = groupByKey(access, collection, foreign)
  return (document: Document) => [...new Set(keysOf(document).flatMap((key) => byKey.get(key) ?? []))]
}

/** Missing and null are joined with each other. */
function joinKeys(values: readonly unknown[]): string[] {
  return [...new Set(values.map((value) => keyText([value])))]
}

function groupByKey(
  access: Access,
  collection: Collection,
  path: readonly string[],
): Map<string, Document[]> {
  const byKey = new Map<string, Document[]>()
  const conditions = [`${path.join('.')} =`]
  const reading = access.watch?.begin(undefined, () => ({
    collection: collection.name,
    conditions,
    order: [],
  }))
  for (const { document } of access.scan(collection)) {
    reading?.note(true)
    for (const key of joinKeys(withElements(valuesAt(document, path)))) {
      const documents = byKey.get(key)
      if (documents) documents.push(document)
      else byKey.set(key, [document])
    }
  }
  reading?.end()
  return byKey
}

/** `$graphLookup`: from document to document by equal fields, each found once, at its least depth. */
export const graphLookup: CompileStage = (specification, { access, compiler }, name) => {
  const fields = stageFields(
    specification,
    name,
    ['from', 'startWith', 'connectFromField', 'connectToField', 'as'],
    ['maxDepth', 'depthField', 'restrictSearchWithMatch'],
  )
  const { from, maxDepth = Number.POSITIVE_INFINITY, depthField, restrictSearchWithMatch = {} } = fields
  if (typeof from !== 'string' || from === '') throw requestFailed(`${name} argument 'from' must be a string`)
  if (typeof maxDepth !== 'number' || maxDepth < 0 || Number.isNaN(maxDepth))
    throw requestFailed(`${name} requires a nonnegative argument to maxDepth`)
  if (!isDocument(restrictSearchWithMatch))
    throw requestFailed(`${name} requires restrictSearchWithMatch to be an object`)
  const [target, connectFrom, connectTo] = ['as', 'connectFromField', 'connectToField'].map((field) =>
    writablePath(fields[field], `${name} argument '${field}'`),
  ) as [string[], string[], string[]]
  const depthPath =
    depthField === undefined ? undefined : writablePath(depthField, `${name} argument 'depthField'`)
  const start = compiler.compile(fields['startWith'])
  const restriction = compileMatch(restrictSearchWithMatch, compiler)
  const source = access.findCollection(from)
  return (documents, outer) => {
    if (documents.length === 0) return []
    const next = joinByFields(access, source, { local: ['value'], foreign: connectTo })
    return documents.map((document) => {
      const first = start(scopeOf(document, outer)) ?? null
      const found = new Map<string, Document>()
      let values = Array.isArray(first) ? first : [first]
      for (let depth = 0; depth <= maxDepth && values.length > 0; depth++) {
        const reached = restriction.withOuter(outer, () => next({ value: values }).filter(restriction.test))
        const added = reached.filter((item) => !found.has(keyText([item['_id']])))
        for (const item of added) {
          const copy = cloneDocument(item)
          found.set(keyText([item['_id']]), depthPath ? setPath(copy, depthPath, depth) : copy)
        }
        values = added
          .flatMap((item) => valuesAt(item, connectFrom).flat())
          .filter((value) => value !== undefined)
      }
      return setPath(cloneDocument(document), target, [...found.values()])
    })
  }
}
