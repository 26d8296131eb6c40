import type { Answer, Answers } from '../core/answer.ts'
import { ANSWER_VERSION } from '../core/run-answer.ts'

/** Answers of a cloud or of a phone, as they were pasted into a file. */
export interface AnswerFile {
  readonly kind: 'cloud' | 'phone'
  readonly answers: Answers
  /** Of the catalogue that was asked; absent for a phone. */
  readonly catalogue: string | undefined
}

/** The file cannot be compared. The message says why, in one line. */
export class AnswerFileError extends Error {
  override readonly name = 'AnswerFileError'
}

/**
 * Reads one part, several parts one after another or in an array, or the answers of a phone.
 * @throws AnswerFileError
 */
export function readAnswerFile(text: string): AnswerFile {
  const parts = partsOf(text)
  const [first] = parts
  const isPhone = first?.['kind'] === 'parity-phone'
  const answers: Record<string, Answer> = {}
  for (const [index, part] of parts.entries()) {
    if (part['refused'] !== undefined)
      throw new AnswerFileError(
        `第 ${index + 1} 段被拒绝 · part ${index + 1} was refused: ${String(part['refused']).slice(0, 64)}`,
      )
    if (isPhone ? part['kind'] !== 'parity-phone' : part['parity'] !== ANSWER_VERSION)
      throw new AnswerFileError(
        `第 ${index + 1} 段不是 parity 的答案 · part ${index + 1} is no answer of parity`,
      )
    if (part['catalogue'] !== first?.['catalogue'])
      throw new AnswerFileError(
        `第 ${index + 1} 段来自另一个版本 · part ${index + 1} is of another catalogue`,
      )
    const found = part['answers']
    if (!isObject(found))
      throw new AnswerFileError(`第 ${index + 1} 段没有 answers · part ${index + 1} has no answers`)
    for (const [name, answer] of Object.entries(found)) {
      if (!isAnswer(answer)) throw new AnswerFileError(`${name.slice(0, 80)}: 看不懂 · makes no sense`)
      answers[name] = answer
    }
  }
  const catalogue = first?.['catalogue']
  return {
    kind: isPhone ? 'phone' : 'cloud',
    answers,
    catalogue: typeof catalogue === 'string' ? catalogue : undefined,
  }
}

/**
 * The parts that a text holds, as they came, among other words such as those of a command.
 * @throws AnswerFileError
 */
export function partsOf(text: string): Record<string, unknown>[] {
  const values = splitJson(text).flatMap((value) => (Array.isArray(value) ? value : [value]))
  if (values.length === 0) throw new AnswerFileError('没有 JSON · holds no JSON')
  return values.map(unwrap)
}

/** `tcb fn invoke` and callFunction put the answer into `result` or `RetMsg`, some of them as text. */
function unwrap(value: unknown): Record<string, unknown> {
  let inner = value
  for (let level = 0; level < 3 && isObject(inner); level += 1) {
    const next: unknown = inner['result'] ?? inner['RetMsg'] ?? inner['data']
    if (inner['answers'] !== undefined || next === undefined) break
    inner = typeof next === 'string' ? (splitJson(next)[0] ?? next) : next
  }
  if (!isObject(inner)) throw new AnswerFileError('不是 parity 的答案 · is no answer of parity')
  return inner
}

/** Every JSON object or array of a text, one after another. @throws AnswerFileError for one that is cut off */
function splitJson(text: string): unknown[] {
  const values: unknown[] = []
  let start = -1
  let depth = 0
  let isText = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (isText) {
      if (character === '\\') index += 1
      else if (character === '"') isText = false
    } else if (character === '"' && depth > 0) isText = true
    else if (character === '{' || character === '[') {
      if (depth === 0) start = index
      depth += 1
    } else if ((character === '}' || character === ']') && depth > 0) {
      depth -= 1
      // A word in brackets is no array.
      if (depth === 0 && !/^\[\w[\w -]*\]$/.test(text.slice(start, index + 1)))
        values.push(parse(text.slice(start, index + 1)))
    }
  }
  if (depth > 0) throw new AnswerFileError('JSON 不完整 · the JSON is cut off')
  return values
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AnswerFileError('不是 JSON · is not JSON')
  }
}

function isAnswer(value: unknown): value is Answer {
  if (!isObject(value)) return false
  if ('value' in value) return true
  if ('error' in value) return isObject(value['error']) && typeof value['error']['text'] === 'string'
  return value['answered'] === false && typeof value['reason'] === 'string'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
