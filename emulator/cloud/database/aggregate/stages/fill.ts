import { requestFailed } from '../../failures.ts'
import { isDocument } from '../../values/document.ts'
import { type Evaluate, isNothing, type Scope } from '../expression/scope.ts'
import { addField, checkCollisions } from './add-fields.ts'
import { compilePartitions, documentOf, partition } from './partitions.ts'
import { singleField } from './set-window-fields.ts'
import { type CompileStage, stageFields, writablePath } from './stage.ts'
import { carryForward, fillLinear } from './window-functions.ts'

/** `$fill`: values for fields that are null or missing. */
export const fill: CompileStage = (specification, { compiler }, name) => {
  const options = stageFields(specification, name, ['output'], ['partitionBy', 'partitionByFields', 'sortBy'])
  const { output, sortBy } = options
  if (!isDocument(output) || Object.keys(output).length === 0)
    throw requestFailed(`${name} output must be a non-empty object`)
  const partitioning = compilePartitions(partitionOf(options, name), sortBy, compiler, name)
  const sortField = singleField(sortBy, compiler)
  const fields = Object.entries(output).map(([field, how]) => {
    const path = writablePath(field, `a field of ${name}`)
    const current = compiler.compile(`$${field}`)
    const { value, method } = stageFields(how, `${name} output`, [], ['value', 'method'])
    if ((value === undefined) === (method === undefined)) {
      throw requestFailed(`${name} needs either a value or a method for '${field}'`)
    }
    if (method === undefined) return { path, values: byValue(current, compiler.compile(value)) }
    return { path, values: byMethod(method, current, sortField, sortBy !== undefined) }
  })
  checkCollisions(fields.map(({ path }) => path))
  return (documents, outer) =>
    partition(documents, outer, partitioning).flatMap((members) => {
      const columns = fields.map(({ path, values }) => ({ path, filled: values(members) }))
      return members.map((member, at) =>
        columns.reduce(
          (document, { path, filled }) => addField(document, path, filled[at]),
          documentOf(member),
        ),
      )
    })
}

function partitionOf(
  { partitionBy, partitionByFields }: Readonly<Record<string, unknown>>,
  name: string,
): unknown {
  if (partitionByFields === undefined) return partitionBy
  if (partitionBy !== undefined)
    throw requestFailed(`${name} takes partitionBy or partitionByFields, not both`)
  if (!Array.isArray(partitionByFields)) throw requestFailed('partitionByFields must be an array of fields')
  const fields = partitionByFields.map(
    (field) => `$${writablePath(field, 'a field of partitionByFields').join('.')}`,
  )
  return Object.fromEntries(fields.map((field, at) => [`f${at}`, field]))
}

type Values = (members: readonly Scope[]) => unknown[]

function byValue(current: Evaluate, value: Evaluate): Values {
  return (members) =>
    members.map((member) => {
      const there = current(member)
      return isNothing(there) ? value(member) : there
    })
}

function byMethod(
  method: unknown,
  current: Evaluate,
  sortField: Evaluate | undefined,
  hasOrder: boolean,
): Values {
  if (method === 'locf') {
    if (!hasOrder) throw requestFailed("sortBy is required if using method 'locf'")
    return (members) => carryForward(members.map(current))
  }
  if (method !== 'linear') throw requestFailed("Method must be either 'locf' or 'linear'")
  if (!sortField) throw requestFailed("$fill with method 'linear' needs a sortBy of exactly one field")
  return (members) => fillLinear(members.map(current), members.map(sortField), "method 'linear'")
}
