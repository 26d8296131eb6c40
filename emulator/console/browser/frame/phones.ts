import type { Launch } from '../../../phone/launch/launch.ts'

/** A phone on the page: its WeChat user and which of the user's devices it is. The list survives a reload. */
export interface Phone {
  openid: string
  device: string
  /** The launch that the phone was opened with, as its address says it. */
  path?: string
  scene?: string
}

const KEY = 'console.phones'
const FIRST: Phone = { openid: 'oWechatUser-A', device: 'a1' }
const listeners = new Set<() => void>()

export function listPhones(): Phone[] {
  try {
    const phones: unknown = JSON.parse(localStorage.getItem(KEY) ?? '')
    return Array.isArray(phones) ? phones.filter(isPhone) : [FIRST]
  } catch {
    return [FIRST]
  }
}

function isPhone(value: unknown): value is Phone {
  return typeof value === 'object' && value !== null && 'openid' in value && 'device' in value
}

/**
 * Opens another device of a WeChat user; without an openid, the phone of a new user.
 * @param launch the page and scene of each start of this phone; the entry page by default
 */
export function openPhone(openid?: string, launch?: Launch): void {
  const device = `d${Date.now().toString(36)}`
  const start = launch && { path: launch.page, scene: String(launch.scene) }
  save([...listPhones(), { openid: openid ?? newOpenid(), device, ...start }])
}

/** An openid that no open phone has. @param known more openids that it must not be */
export function newOpenid(known: readonly string[] = []): string {
  const taken = new Set([...known, ...listPhones().map((phone) => phone.openid)])
  for (let index = 0; ; index++) {
    const name = index < 26 ? String.fromCharCode('A'.charCodeAt(0) + index) : `Z${index}`
    if (!taken.has(`oWechatUser-${name}`)) return `oWechatUser-${name}`
  }
}

export function closePhone(device: string): void {
  save(listPhones().filter((phone) => phone.device !== device))
}

/** Closes all phones of a WeChat user on this page, and forgets what they have stored in this browser. */
export function forgetPhones(openid: string): void {
  save(listPhones().filter((phone) => phone.openid !== openid))
  const prefix = `phone/${openid}/`
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}

function save(phones: Phone[]): void {
  localStorage.setItem(KEY, JSON.stringify(phones))
  for (const listener of listeners) listener()
}

export function onPhonesChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
