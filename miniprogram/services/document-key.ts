import { deviceClock } from '../auth/index'

/** A key for a new document: the same for every save of one draft, so that a repeated save saves once. */
export function newDocumentKey(): string {
  const random = () => deviceClock.random().toString(36).slice(2, 12)
  return `${deviceClock.now().toString(36)}-${random()}${random()}`
}

/** A key that is always the same for one text, so that it is saved once. At most 40 characters. */
export function keyOfText(text: string): string {
  const begin = Array.from(text.slice(0, 5), (letter) => letter.charCodeAt(0).toString(36)).join('-')
  return `${begin}-${hashOf(text, 1)}${hashOf(text, 2)}`
}

/** FNV-1a (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv), with another start for each seed. */
function hashOf(text: string, seed: number): string {
  let hash = Math.imul(2166136261, seed)
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16777619)
  }
  return (hash >>> 0).toString(36)
}
