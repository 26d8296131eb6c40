/** One difference between the emulator and a real cloud, found by the question of that name. */
export type Difference =
  | {
      readonly question: string
      readonly kind: 'error'
      /** Absent: of any action. */
      readonly action?: string
      /** The emulator's own message. */
      readonly emulator: string
      /** The cloud's word of the wire; absent if it is the emulator's. */
      readonly code?: string
      readonly message?: string
    }
  | {
      readonly question: string
      readonly kind: 'count' | 'behaviour'
      readonly name: string
      readonly value: unknown
    }
  | { readonly question: string; readonly kind: 'other' }

/** A file of differences cannot be followed. The message says why, in one line. */
export class FollowError extends Error {
  override readonly name = 'FollowError'
}

/**
 * @param text undefined if there is no such file
 * @throws FollowError
 */
export function readDifferences(text: string | undefined, file: string): readonly Difference[] {
  const refuse = (why: string): never => {
    throw new FollowError(`--follow ${file}: ${why}（npm run parity -- compare answer.json --write）`)
  }
  if (text === undefined) return refuse('没有这个文件 · no such file')
  const content = parse(text)
  if (!isObject(content) || content['format'] !== 1 || !Array.isArray(content['differences']))
    return refuse('不是差异文件 · not a file of differences')
  for (const [index, difference] of content['differences'].entries()) {
    if (!isDifference(difference)) refuse(`differences[${index}] 看不懂 · makes no sense`)
  }
  return content['differences']
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isDifference(value: unknown): boolean {
  if (!isObject(value) || typeof value['question'] !== 'string') return false
  switch (value['kind']) {
    case 'error':
      return (
        typeof value['emulator'] === 'string' &&
        ['action', 'code', 'message'].every((name) => ['string', 'undefined'].includes(typeof value[name]))
      )
    case 'count':
    case 'behaviour':
      return typeof value['name'] === 'string'
    default:
      return value['kind'] === 'other'
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
