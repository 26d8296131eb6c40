import type { Answers } from '../core/answer.ts'
import type { Question } from '../core/question.ts'

export interface Counts {
  questions: number
  /** Questions by area. */
  areas: Record<string, number>
  /** Without those whose answer says that they could not be asked. */
  answered: number
}

export function countQuestions(questions: readonly Question[], answers: Answers): Counts {
  const areas: Record<string, number> = {}
  for (const { area } of questions) areas[area] = (areas[area] ?? 0) + 1
  const answered = questions.filter(({ name }) => {
    const answer = answers[name]
    return answer !== undefined && !('answered' in answer)
  })
  return { questions: questions.length, areas, answered: answered.length }
}
