import type { Question } from './core/question.ts'
import { DATABASE_QUESTIONS } from './questions/database.ts'
import { PLATFORM_QUESTIONS } from './questions/platform.ts'

/** All questions, in the order in which they are asked. */
export const CATALOGUE: readonly Question[] = [...DATABASE_QUESTIONS, ...PLATFORM_QUESTIONS]
