import type { Answer } from '../../core/answer.ts'
import type { Question } from '../../core/question.ts'
import { ANSWER_VERSION, type PartAnswer } from '../../core/run-answer.ts'
import { type AskTools, ask, DEFAULT_MILLISECONDS } from './ask.ts'
import type { Leftovers } from './leftovers.ts'

export interface Part {
  readonly questions: readonly Question[]
  /** Index of the first. */
  readonly next: number
  /** How long questions may begin, in seconds. */
  readonly seconds: number
}

export interface PartTools extends AskTools {
  readonly leftovers: Leftovers
  /** Collections that the questions have used. */
  readonly used: Set<string>
  /** Tells catalogues apart. */
  readonly catalogue: string
}

/** The text of one part; the platform refuses more than 1 MB. */
const PART_CHARACTERS = 300_000

/**
 * Asks one question after another until the time is over, and removes what each has left. A question that takes long begins
 * a part of its own.
 */
export async function runPart({ questions, next, seconds }: Part, tools: PartTools): Promise<PartAnswer> {
  const endsAt = performance.now() + seconds * 1000
  const answers: Record<string, Answer> = {}
  const notRemoved: string[] = []
  let index = next
  let characters = 0
  for (; index < questions.length; index += 1) {
    const question = questions[index]
    if (!question) break
    const isFirst = index === next
    if (!isFirst && (performance.now() >= endsAt || isLong(question) || characters > PART_CHARACTERS)) break
    const answer = await ask(question, tools)
    answers[question.name] = answer
    characters += JSON.stringify(answer).length
    notRemoved.push(...(await removeUsed(tools)).map((line) => `${question.name}: ${line}`))
    // Its requests may still be under way, and so disturb the next question.
    if ('answered' in answer || (isFirst && isLong(question))) {
      index += 1
      break
    }
  }
  const isLast = index >= questions.length
  return {
    parity: ANSWER_VERSION,
    catalogue: tools.catalogue,
    answers,
    ...(isLast ? {} : { next: index }),
    notRemoved,
    todo: isLast ? END : `{"token": "…", "next": ${index}}`,
  }
}

const END =
  '把每一段的答案按顺序粘贴到一个文件 answer.json，然后 npm run parity -- compare answer.json；在控制台删除云函数 parity 和集合 parity_* · ' +
  'paste the answers of all parts into one file, compare it, and delete the function and the collections parity_* in the console'

function isLong({ milliseconds = 0 }: Question): boolean {
  return milliseconds > DEFAULT_MILLISECONDS
}

async function removeUsed({ leftovers, used }: PartTools): Promise<string[]> {
  const lines = await leftovers.remove(used)
  used.clear()
  return lines
}
