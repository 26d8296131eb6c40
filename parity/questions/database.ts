import type { Question } from '../core/question.ts'
import { ADD_QUESTIONS } from './add/adding.ts'
import { COLLECTION_QUESTIONS } from './collection/collections.ts'
import { ARRAY_EXPRESSION_QUESTIONS } from './expression/arrays.ts'
import { DATE_EXPRESSION_QUESTIONS } from './expression/dates.ts'
import { NUMBER_EXPRESSION_QUESTIONS } from './expression/numbers.ts'
import { TEXT_EXPRESSION_QUESTIONS } from './expression/texts.ts'
import { GEO_QUESTIONS } from './geo/geo.ts'
import { INDEX_QUESTIONS } from './index/unique.ts'
import { LIMIT_QUESTIONS } from './limit/limits.ts'
import { COMPARISON_QUESTIONS } from './query/comparisons.ts'
import { ELEMENT_QUESTIONS } from './query/elements.ts'
import { LOGIC_QUESTIONS } from './query/logic.ts'
import { TEXT_QUESTIONS } from './query/texts.ts'
import { ORDER_QUESTIONS } from './read/orders.ts'
import { PROJECTION_QUESTIONS } from './read/projections.ts'
import { STAGE_QUESTIONS } from './stage/stages.ts'
import { TRANSACTION_QUESTIONS } from './transaction/transactions.ts'
import { ARRAY_UPDATE_QUESTIONS } from './update/arrays.ts'
import { COUNT_QUESTIONS } from './update/counts.ts'
import { FIELD_UPDATE_QUESTIONS } from './update/fields.ts'
import { NUMBER_UPDATE_QUESTIONS } from './update/numbers.ts'
import { VALUE_QUESTIONS } from './value/values.ts'

/** What the database does. */
export const DATABASE_QUESTIONS: readonly Question[] = [
  ...COMPARISON_QUESTIONS,
  ...LOGIC_QUESTIONS,
  ...ELEMENT_QUESTIONS,
  ...TEXT_QUESTIONS,
  ...ORDER_QUESTIONS,
  ...PROJECTION_QUESTIONS,
  ...ADD_QUESTIONS,
  ...FIELD_UPDATE_QUESTIONS,
  ...NUMBER_UPDATE_QUESTIONS,
  ...ARRAY_UPDATE_QUESTIONS,
  ...COUNT_QUESTIONS,
  ...VALUE_QUESTIONS,
  ...GEO_QUESTIONS,
  ...STAGE_QUESTIONS,
  ...NUMBER_EXPRESSION_QUESTIONS,
  ...ARRAY_EXPRESSION_QUESTIONS,
  ...TEXT_EXPRESSION_QUESTIONS,
  ...DATE_EXPRESSION_QUESTIONS,
  ...TRANSACTION_QUESTIONS,
  ...INDEX_QUESTIONS,
  ...COLLECTION_QUESTIONS,
  ...LIMIT_QUESTIONS,
]
