import { nextKey } from './make-secrets.ts'

/**
 * The keys of a deployment, as in `.env`. Functions are deployed one by one, so a change of keys has two phases,
 * each deployed to all functions before the next: the new key is added, and only verifies and decrypts; then it becomes
 * current. So no function meets a token, a ticket or a number that it cannot read.
 */
export interface KeyRing {
  /** `k2:<key>,k1:<key>`: the first is current and signs and encrypts, the others verify and decrypt. */
  loginSecrets: string
  /** `k3@2026-11-25`, separated by commas: keys that were added and never current, with the day. */
  addedKeys: string
  /** `k1@2026-11-25`, separated by commas: keys that were replaced, with the day. */
  replacedKeys: string
}

/** A token signed with a key just before it was replaced is good for this long. */
export const TOKEN_LIFE_DAYS = 30
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

/** Phase 1: puts a new key behind the others and notes the day. */
export function addKey(ring: KeyRing, today: Date): KeyRing {
  const entry = nextKey(ring.loginSecrets)
  const [id = ''] = idsOf(entry)
  return {
    ...ring,
    loginSecrets: `${ring.loginSecrets},${entry}`,
    addedKeys: withNote(ring.addedKeys, id, today),
  }
}

/** Phase 2: puts a key first, which makes it current, and notes the day for the one that it replaces. */
export function useKey({ loginSecrets, addedKeys, replacedKeys }: KeyRing, id: string, today: Date): KeyRing {
  const entries = loginSecrets.split(',').map((entry) => entry.trim())
  const isMeant = (entry: string) => idsOf(entry)[0] === id
  const [replaced = ''] = idsOf(loginSecrets)
  return {
    loginSecrets: [...entries.filter(isMeant), ...entries.filter((entry) => !isMeant(entry))].join(','),
    addedKeys: withoutNote(addedKeys, id),
    replacedKeys: withNote(withoutNote(replacedKeys, id), replaced, today),
  }
}

/** Why no key can be added now; undefined when one can. */
export function refusalToAdd(ring: KeyRing): string | undefined {
  const { waiting } = phasesOf(ring)
  if (waiting === undefined) return undefined
  return `${waiting.id} 已加入、尚未启用，请先 npm run secrets -- use ${waiting.id} · was added and is not current yet: use it first, or drop it`
}

/** Why a key cannot become current; undefined when it can. */
export function refusalToUse({ loginSecrets }: KeyRing, id: string): string | undefined {
  const ids = idsOf(loginSecrets)
  if (!ids.includes(id)) return unknownKey(id, ids)
  if (ids[0] === id) return `${id} 已是当前密钥 · is the current key already`
  return undefined
}

export interface Dropping {
  id: string
  /** `numbersByKey` of this key in the answer of `admin.stats`; undefined if it is not known. */
  numbersLeft: number | undefined
  /** The key has leaked: its tokens are to become invalid at once. */
  isLeaked: boolean
  today: Date
}

/** Why a key cannot be dropped (yet), in words to act on; undefined if it can. */
export function refusalToDrop(ring: KeyRing, dropping: Dropping): string | undefined {
  const { loginSecrets, addedKeys, replacedKeys } = ring
  const { id, numbersLeft, isLeaked, today } = dropping
  const ids = idsOf(loginSecrets)
  if (!ids.includes(id)) return unknownKey(id, ids)
  if (ids[0] === id) {
    return `${id} 是当前密钥：先 npm run secrets -- add，再 use · is the key in use: add another, deploy, use it, deploy`
  }
  // It never signed or encrypted anything.
  if (noteOf(addedKeys, id) !== undefined) return undefined
  if (numbersLeft === undefined) {
    return `用 ${id} 加密的号码会永远无法读取：先查看线上 numbersByKey.${id}，再 drop ${id} --numbers-left <数> · numbers encrypted with ${id} would be unreadable for ever: read numbersByKey.${id} of the deployment (action stats of admin, in the console’s 云端测试), then say \`drop ${id} --numbers-left <that>\``
  }
  if (numbersLeft !== 0) {
    return `还有 ${numbersLeft} 个号码用 ${id} 加密：等 cleanup 把 numbersByKey.${id} 降到 0 · ${numbersLeft} numbers are still encrypted with ${id} and would be unreadable for ever: let the timer of cleanup run until numbersByKey.${id} is 0`
  }
  if (isLeaked) return undefined
  const replacedAt = noteOf(replacedKeys, id)
  if (replacedAt === undefined) {
    return `没有记录 ${id} 是何时被替换的：--leaked 仍可移除 · nobody noted when ${id} was replaced, so tokens signed with it may be alive: \`--leaked\` drops it all the same, and their holders log in silently again`
  }
  const droppable = droppableOn(replacedAt)
  if (today < droppable) {
    return `用 ${id} 签发的令牌到 ${dayOf(droppable)} 前可能仍有效：等到那天，或 --leaked · tokens signed with ${id} may be alive until ${dayOf(droppable)} (30 days after it was replaced, counted from the day of the deployment if that was later): wait, or \`--leaked\` if it must go now`
  }
  return undefined
}

export function drop({ loginSecrets, addedKeys, replacedKeys }: KeyRing, id: string): KeyRing {
  const entries = loginSecrets.split(',').filter((entry) => idsOf(entry)[0] !== id)
  return {
    loginSecrets: entries.join(','),
    addedKeys: withoutNote(addedKeys, id),
    replacedKeys: withoutNote(replacedKeys, id),
  }
}

/** The state of a key rotation. */
export interface Phases {
  current: string
  /** Added, and not current yet: phase 1. `since` as `2026-11-25`. */
  waiting: { id: string; since: string } | undefined
  /** Still verifying and decrypting after phase 2. `from` is when it can be dropped, where that is known. */
  replaced: { id: string; from: string | undefined }[]
}

export function phasesOf({ loginSecrets, addedKeys, replacedKeys }: KeyRing): Phases {
  const [current = '', ...others] = idsOf(loginSecrets)
  const waiting = others.flatMap((id) => {
    const since = noteOf(addedKeys, id)
    return since === undefined ? [] : [{ id, since: dayOf(since) }]
  })
  const replaced = others
    .filter((id) => noteOf(addedKeys, id) === undefined)
    .map((id) => {
      const replacedAt = noteOf(replacedKeys, id)
      return { id, from: replacedAt && dayOf(droppableOn(replacedAt)) }
    })
  return { current, waiting: waiting[0], replaced }
}

export function idsOf(loginSecrets: string): string[] {
  return loginSecrets.split(',').map((entry) => entry.trim().split(':')[0] ?? '')
}

function unknownKey(id: string, ids: readonly string[]): string {
  return `LOGIN_SECRETS 里没有 ${id} · there is no key ${id} in LOGIN_SECRETS; there are: ${ids.join(', ')}`
}

function droppableOn(replacedAt: Date): Date {
  return new Date(replacedAt.getTime() + (TOKEN_LIFE_DAYS + 1) * DAY_MILLISECONDS)
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function withNote(notes: string, id: string, today: Date): string {
  return [`${id}@${dayOf(today)}`, notes].filter((text) => text !== '').join(',')
}

function withoutNote(notes: string, id: string): string {
  return notes
    .split(',')
    .filter((note) => !note.trim().startsWith(`${id}@`))
    .join(',')
}

function noteOf(notes: string, id: string): Date | undefined {
  const note = notes.split(',').find((entry) => entry.trim().startsWith(`${id}@`))
  const at = new Date(note?.trim().slice(id.length + 1) ?? '')
  return Number.isNaN(at.getTime()) ? undefined : at
}
