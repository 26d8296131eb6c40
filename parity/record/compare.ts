import type { Answer, AnsweredError, Answers } from '../core/answer.ts'
import type { Json } from '../core/json.ts'

/**
 * `same` · `message`: the same error in other words · `differs` · `unknown`: one of the two was not or could not be asked.
 */
export type Status = 'same' | 'message' | 'differs' | 'unknown'

export interface Row {
  readonly question: string
  readonly status: Status
  readonly emulator: Answer | undefined
  readonly cloud: Answer | undefined
}

/** One row a question of either side, in the order of the emulator's. */
export function compareAnswers(emulator: Answers, cloud: Answers): Row[] {
  const names = new Set([...Object.keys(emulator), ...Object.keys(cloud)])
  return [...names].map((question) => {
    const [ours, theirs] = [emulator[question], cloud[question]]
    return { question, status: statusOf(ours, theirs), emulator: ours, cloud: theirs }
  })
}

/** The status of each question by its name. */
export function statusesOf(rows: readonly Row[]): (question: string) => Status {
  const statuses = new Map(rows.map(({ question, status }) => [question, status]))
  return (question) => statuses.get(question) ?? 'unknown'
}

function statusOf(ours: Answer | undefined, theirs: Answer | undefined): Status {
  if (!ours || !theirs || 'answered' in ours || 'answered' in theirs) return 'unknown'
  if ('error' in ours && 'error' in theirs) return errorStatus(ours.error, theirs.error)
  if ('value' in ours && 'value' in theirs)
    return canonical(ours.value) === canonical(theirs.value) ? 'same' : 'differs'
  return 'differs'
}

function errorStatus(ours: AnsweredError, theirs: AnsweredError): Status {
  if (ours.errCode !== theirs.errCode || ours.code !== theirs.code) return 'differs'
  return ours.text === theirs.text ? 'same' : 'message'
}

/** The order of the fields of an object counts, since the database keeps it. */
function canonical(value: Json): string {
  return JSON.stringify(value)
}
