import type { Question } from '../core/question.ts'
import { PHONE_SETTLES } from '../statements/phone.ts'
import type { Status } from './compare.ts'

/** What is known of a statement. */
export type Verdict = 'same' | 'differs' | 'unknown'

/** Names of the questions that settle each statement, by its id. A question of the database without one settles its area's. */
export function questionsByStatement(
  questions: readonly Question[],
  phoneNames: readonly string[],
): Map<string, string[]> {
  const named = new Map<string, string[]>()
  const put = (id: string, name: string) => named.set(id, [...(named.get(id) ?? []), name])
  for (const { name, area, settles = [] } of questions) {
    for (const id of settles.length === 0 ? [`database-${area}`] : settles) put(id, name)
  }
  for (const name of phoneNames) put(PHONE_SETTLES[name.split('.')[1] ?? ''] ?? '', name)
  return named
}

/** What the rows of a statement's questions say of it. Without an answer of the cloud it is unknown; other words differ in nothing. */
export function verdictOf(statuses: readonly Status[]): Verdict {
  if (statuses.includes('differs')) return 'differs'
  return statuses.length > 0 && !statuses.includes('unknown') ? 'same' : 'unknown'
}
