import type { Answer } from '../../../contract/answer.ts'

/**
 * The answer of a function among other words that a command prints, such as the function's log: as JSON, or as a JSON text
 * in `RetMsg` of another object.
 * @returns undefined if there is none
 */
export function answerIn(output: string): Answer<unknown> | undefined {
  for (let start = output.indexOf('{'); start >= 0; start = output.indexOf('{', start + 1)) {
    const end = endOfObject(output, start)
    const value = end === undefined ? undefined : parse(output.slice(start, end))
    const answer = answerOf(value)
    if (answer) return answer
    // What is inside of an object that was read belongs to it.
    if (value !== undefined && end !== undefined) start = end - 1
  }
  return undefined
}

function answerOf(value: unknown): Answer<unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const fields = value as Record<string, unknown>
  if (typeof fields['code'] === 'number' && typeof fields['message'] === 'string' && 'requestId' in fields)
    return value as Answer<unknown>
  for (const name of ['RetMsg', 'result', 'data', 'Result']) {
    const inner = fields[name]
    const answer = answerOf(typeof inner === 'string' ? parse(inner) : inner)
    if (answer) return answer
  }
  return undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The place behind the bracket that closes the object; undefined if none does. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0
  let isText = false
  for (let index = start; index < text.length; index += 1) {
    const character = text[index]
    if (isText) {
      if (character === '\\') index += 1
      else if (character === '"') isText = false
    } else if (character === '"') isText = true
    else if (character === '{') depth += 1
    else if (character === '}') {
      depth -= 1
      if (depth === 0) return index + 1
    }
  }
  return undefined
}
