import { Aggregator } from 'mingo/aggregator'
import { evalExpr, ProcessingMode } from 'mingo/core'
import type { Options } from 'mingo/types'
import type { Access } from '../access/access.ts'
import { requestFailed } from '../failures.ts'
import { valuesAt, withElements } from '../query/path.ts'
import type { Collection } from '../storage/catalog.ts'
import { keyText } from '../storage/index-keys.ts'
import { cloneDocument, type Document, isDocument } from '../values/document.ts'
import { type Stage, setPath, whole } from './stages.ts'

/** Finds the documents of the other collection that a document is joined with. */
type Join = (document: Document) => Document[]

/** `$lookup`, by equal fields, by a pipeline, or both. A collection that does not exist is an empty one. */
export function lookupStage(access: Access): Stage {
  return (documents, specification, options) => {
    if (!isDocument(specification)) throw requestFailed('the $lookup specification must be an Object')
    const { from, as } = specification
    if (typeof from !== 'string' || typeof as !== 'string' || as === '') {
      throw requestFailed("$lookup needs 'from' and 'as'")
    }
    return whole(documents, (list) => {
      const join = compileJoin(access, access.findCollection(from), specification, options)
      return list.map((document) => setPath(cloneDocument(document), as.split('.'), join(document)))
    })
  }
}

function compileJoin(
  access: Access,
  collection: Collection | undefined,
  specification: Document,
  options: Options,
): Join {
  const { localField, foreignField, pipeline } = specification
  const byFields = localField !== undefined || foreignField !== undefined
  if (!byFields && pipeline === undefined) throw requestFailed('$lookup needs fields or a pipeline')
  const candidates = byFields
    ? joinByFields(access, collection, specification)
    : everything(access, collection)
  if (pipeline === undefined) return (document) => candidates(document).map(cloneDocument)
  if (!Array.isArray(pipeline) || !pipeline.every(isDocument))
    throw requestFailed('a pipeline must be an array')
  const variables = specification['let'] ?? {}
  if (!isDocument(variables)) throw requestFailed("$lookup 'let' must be an object")
  return (document) => {
    const own = evaluateVariables(document, variables, options)
    const inner: Options = {
      idKey: options.idKey,
      useStrictMode: options.useStrictMode,
      scriptEnabled: false,
      failOnError: options.failOnError,
      processingMode: ProcessingMode.CLONE_INPUT,
      context: options.context,
      variables: { ...options.variables, ...own },
      ...(options.collectionResolver ? { collectionResolver: options.collectionResolver } : {}),
    }
    return new Aggregator(pipeline, inner).run(candidates(document)) as Document[]
  }
}

function evaluateVariables(document: Document, variables: Document, options: Options): Document {
  return Object.fromEntries(
    Object.entries(variables).map(([name, expression]) => [name, evalExpr(document, expression, options)]),
  )
}

function everything(access: Access, collection: Collection | undefined): Join {
  const documents = collection ? [...access.scan(collection)].map((candidate) => candidate.document) : []
  return () => documents
}

function joinByFields(
  access: Access,
  collection: Collection | undefined,
  { localField, foreignField }: Document,
): Join {
  if (typeof localField !== 'string' || typeof foreignField !== 'string') {
    throw requestFailed("$lookup needs both 'localField' and 'foreignField'")
  }
  const local = localField.split('.')
  const keysOf = (document: Document) => joinKeys(valuesAt(document, local).flat())
  if (!collection) return () => []
  const index = collection.indexes.find(
    ({ keys, sparse }) => !sparse && keys.length === 1 && keys[0]?.field === foreignField,
  )
  if (index) {
    return (document) =>
      [...access.lookup(collection, index, keysOf(document))].map((candidate) => candidate.document)
  }
  const byKey = groupByKey(access, collection, foreignField.split('.'))
  return (document) => [...new Set(keysOf(document).flatMap((key) => byKey.get(key) ?? []))]
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
  for (const { document } of access.scan(collection)) {
    for (const key of joinKeys(withElements(valuesAt(document, path)))) {
      const documents = byKey.get(key)
      if (documents) documents.push(document)
      else byKey.set(key, [document])
    }
  }
  return byKey
}
