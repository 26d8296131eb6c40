import { addKey } from './make-secrets.ts'

/** The keys of a deployment as `.env` has them, and when each that is not the first any more was replaced. */
export interface KeyRing {
  /** `k2:<key>,k1:<key>`, the first is used, the others are still accepted. */
  loginSecrets: string
  /** `k1@2026-11-25`, by commas. */
  replacedKeys: string
}

/** A token signed with a key just before it was replaced is good for this long. */
export const TOKEN_LIFE_DAYS = 30
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

/** Puts a new key first and notes the day of it for the one it replaces. */
export function rotate({ loginSecrets, replacedKeys }: KeyRing, today: Date): KeyRing {
  const [replaced = ''] = idsOf(loginSecrets)
  const note = `${replaced}@${today.toISOString().slice(0, 10)}`
  return {
    loginSecrets: addKey(loginSecrets),
    replacedKeys: [note, replacedKeys].filter((text) => text !== '').join(','),
  }
}

export interface Dropping {
  id: string
  /** `numbersByKey` of this key, as `npm run admin -- stats` just said; undefined when nobody looked. */
  numbersLeft: number | undefined
  /** The key is in wrong hands: that its tokens end at once is what is wanted. */
  isLeaked: boolean
  today: Date
}

/** Why a key cannot be dropped (yet), in words to act on; undefined when it can. */
export function refusalToDrop(
  { loginSecrets, replacedKeys }: KeyRing,
  dropping: Dropping,
): string | undefined {
  const { id, numbersLeft, isLeaked, today } = dropping
  const ids = idsOf(loginSecrets)
  if (!ids.includes(id)) return `there is no key ${id} in LOGIN_SECRETS; there are: ${ids.join(', ')}`
  if (ids[0] === id) return `${id} is the key in use: \`npm run secrets -- rotate\` first, and deploy`
  if (numbersLeft === undefined) {
    return `numbers encrypted with ${id} would be unreadable for ever: read numbersByKey.${id} of the deployment (action stats of admin, in the console’s 云端测试), then say \`drop ${id} --numbers-left <that>\``
  }
  if (numbersLeft !== 0) {
    return `${numbersLeft} numbers are still encrypted with ${id} and would be unreadable for ever: let the timer of cleanup run until numbersByKey.${id} is 0`
  }
  if (isLeaked) return undefined
  const replacedAt = replacedOn(replacedKeys, id)
  if (replacedAt === undefined) {
    return `nobody noted when ${id} was replaced, so tokens signed with it may be alive: \`--leaked\` drops it all the same, and whoever has one logs in silently again`
  }
  const droppable = new Date(replacedAt.getTime() + (TOKEN_LIFE_DAYS + 1) * DAY_MILLISECONDS)
  if (today < droppable) {
    return `tokens signed with ${id} may be alive until ${droppable.toISOString().slice(0, 10)} (30 days after it was replaced, counted from the day of the deployment if that was later): wait, or \`--leaked\` if it must go now`
  }
  return undefined
}

export function drop({ loginSecrets, replacedKeys }: KeyRing, id: string): KeyRing {
  const without = (text: string, mark: string) =>
    text
      .split(',')
      .filter((entry) => !entry.trim().startsWith(`${id}${mark}`))
      .join(',')
  return { loginSecrets: without(loginSecrets, ':'), replacedKeys: without(replacedKeys, '@') }
}

export function idsOf(loginSecrets: string): string[] {
  return loginSecrets.split(',').map((entry) => entry.trim().split(':')[0] ?? '')
}

function replacedOn(replacedKeys: string, id: string): Date | undefined {
  const note = replacedKeys.split(',').find((entry) => entry.startsWith(`${id}@`))
  const at = new Date(note?.slice(id.length + 1) ?? '')
  return Number.isNaN(at.getTime()) ? undefined : at
}
