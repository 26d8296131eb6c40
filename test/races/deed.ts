import type { Asked } from './asked.ts'
import { digest } from './digest.ts'

/** Something that an action has asked, and what it was answered, if it was. */
export interface Deed {
  asked: Asked
  /** The deeds whose answers have led to it, one after the other. */
  cause: string
  answer?: string
}

/** With what an action has asked next, once `after` was answered; at its beginning, `after` is absent. */
export function withAsked(deeds: readonly Deed[], asked: readonly Asked[], after?: Deed): Deed[] {
  const cause = after ? digest(`${after.cause} ${after.asked.text}`) : ''
  const added = asked.map((one, place) => {
    const alike = asked.slice(0, place).filter(({ text }) => text === one.text).length
    return { asked: one, cause: `${cause} ${alike}` }
  })
  return [...deeds, ...added]
}

export function withAnswer(deeds: readonly Deed[], deed: Deed, answer: string): Deed[] {
  return deeds.map((other) => (other === deed ? { ...deed, answer } : other))
}

/**
 * The same for the same deeds, in whatever order they were done. Two that ask the same are told apart by what has led to
 * them.
 */
export function textOf(deeds: readonly Deed[]): string {
  const counts = new Map<string, number>()
  for (const { asked } of deeds) counts.set(asked.text, (counts.get(asked.text) ?? 0) + 1)
  const texts = deeds.map(({ asked, cause, answer }) => {
    const isOnly = counts.get(asked.text) === 1
    return `${asked.text} ${isOnly ? '' : cause} ${answer ?? 'is waited for'}`
  })
  return texts.sort().join('\n')
}
