import { compileQuery } from '../query/query.ts'
import { compileWith } from './expression.ts'
import type { Stage } from './stages.ts'

/** `$match`, by the same queries as `where()`, with the variables of the pipeline in its `$expr`. */
export const matchStage: Stage = (documents, query, options) => {
  const test = compileQuery(query, compileWith(options))
  return documents.filter((document) => test(document))
}
