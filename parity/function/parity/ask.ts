import { type Answer, Unanswerable } from '../../core/answer.ts'
import { type Names, normalise, normaliseError } from '../../core/normalise.ts'
import type { Question, QuestionCloud } from '../../core/question.ts'

export const DEFAULT_MILLISECONDS = 1000

/** One answer must leave room for the others of its part. */
const ANSWER_CHARACTERS = 8000

export interface AskTools {
  readonly cloud: QuestionCloud
  readonly names: Names
  /** How many times its usual time a question may take. */
  readonly patience: number
}

/** Asks one question. It throws nothing; what a question throws is its answer. */
export async function ask(question: Question, tools: AskTools): Promise<Answer> {
  const milliseconds = (question.milliseconds ?? DEFAULT_MILLISECONDS) * tools.patience
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Answer>((resolve) => {
    const answer: Answer = { answered: false, reason: `no answer within ${milliseconds} ms` }
    timer = setTimeout(() => resolve(answer), milliseconds)
  })
  try {
    return await Promise.race([late, answerTo(question, tools)])
  } finally {
    clearTimeout(timer)
  }
}

async function answerTo(question: Question, { cloud, names }: AskTools): Promise<Answer> {
  try {
    const value = normalise(await question.ask(cloud), names)
    const { length } = JSON.stringify(value)
    return length > ANSWER_CHARACTERS ? { value: { $characters: length } } : { value }
  } catch (error) {
    if (error instanceof Unanswerable) return { answered: false, reason: error.message }
    return { error: normaliseError(error, names) }
  }
}
