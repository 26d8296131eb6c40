import { textOfValue } from './value'

/** Shorter texts are seen whole. */
const SHORT_CHARACTERS = 60
/** How much is shown before the first difference. */
const CONTEXT_CHARACTERS = 16

/**
 * Two values of a field as they are shown side by side: long ones from shortly before the place where they begin to differ,
 * as text.
 */
export function differingParts(before: unknown, after: unknown): { before: unknown; after: unknown } {
  if (before === undefined || after === undefined) return { before, after }
  const [left, right] = [textOfValue(before), textOfValue(after)]
  if (left.length <= SHORT_CHARACTERS && right.length <= SHORT_CHARACTERS) return { before, after }
  let same = 0
  while (same < left.length && left[same] === right[same]) same += 1
  const start = Math.max(0, same - CONTEXT_CHARACTERS)
  if (start === 0) return { before, after }
  return { before: `…${left.slice(start)}`, after: `…${right.slice(start)}` }
}
