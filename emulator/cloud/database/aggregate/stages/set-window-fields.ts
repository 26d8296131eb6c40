import { requestFailed } from '../../failures.ts'
import { isDocument } from '../../values/document.ts'
import { compileAccumulator } from '../accumulators.ts'
import { type Compiler, type Evaluate, type Scope, scopeOf } from '../expression/scope.ts'
import { addField, checkCollisions } from './add-fields.ts'
import { compilePartitions, documentOf, type Partitioning, partition } from './partitions.ts'
import { type CompileStage, stageFields, writablePath } from './stage.ts'
import { compileWindow } from './window.ts'
import { WINDOW_FUNCTIONS, type WindowFunction } from './window-functions.ts'

/** `$setWindowFields`: fields computed from the documents about each one. Partitions come in order of their keys' first documents. */
export const setWindowFields: CompileStage = (specification, { compiler }, name) => {
  const { partitionBy, sortBy, output } = stageFields(
    specification,
    name,
    ['output'],
    ['partitionBy', 'sortBy'],
  )
  if (!isDocument(output)) throw requestFailed(`${name} output must be an object`)
  const partitioning = compilePartitions(partitionBy, sortBy, compiler, name)
  const sortField = singleField(sortBy, compiler)
  const fields = Object.entries(output).map(([field, value]) => {
    const path = writablePath(field, `a field of ${name}`)
    return { path, compute: compileField(field, value, compiler, partitioning, sortField, sortBy) }
  })
  checkCollisions(fields.map(({ path }) => path))
  return (documents, outer) =>
    partition(documents, outer, partitioning).flatMap((members) => {
      const columns = fields.map(({ path, compute }) => ({ path, values: compute(members) }))
      return members.map((member, at) =>
        columns.reduce(
          (document, { path, values }) => addField(document, path, values[at]),
          documentOf(member),
        ),
      )
    })
}

/** The expression of the field that documents are sorted by, if it is only one. */
export function singleField(sortBy: unknown, compiler: Compiler): Evaluate | undefined {
  const [field, ...others] = isDocument(sortBy) ? Object.keys(sortBy) : []
  return field === undefined || others.length > 0 ? undefined : compiler.compile(`$${field}`)
}

function compileField(
  field: string,
  specification: unknown,
  compiler: Compiler,
  { compare }: Partitioning,
  sortField: Evaluate | undefined,
  sortBy: unknown,
): WindowFunction {
  if (!isDocument(specification)) throw requestFailed(`the field '${field}' must be an object`)
  const { window, ...functions } = specification
  const [name, ...others] = Object.keys(functions)
  if (name === undefined || others.length > 0)
    throw requestFailed(`the field '${field}' must specify one window function`)
  const isAscending = isDocument(sortBy) && Object.values(sortBy)[0] === 1
  const windowOf = compileWindow(window, isAscending ? sortField : undefined, compare !== undefined)
  const compileFunction = Object.hasOwn(WINDOW_FUNCTIONS, name) ? WINDOW_FUNCTIONS[name] : undefined
  const context = { compiler, windowOf, hasWindow: window !== undefined, compare, sortField }
  if (compileFunction) return compileFunction(functions[name], context, name)
  const fold = compileAccumulator(field.replaceAll('.', '_'), functions, compiler)
  const group: Scope = scopeOf({})
  return (members) => members.map((_, at) => fold(members.slice(...windowOf(members, at)), group))
}
