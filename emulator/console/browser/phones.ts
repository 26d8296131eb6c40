/** The phones on the page: whose they are, and which device. Kept over reloads. */
export interface Phone {
  openid: string
  device: string
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

/** Opens another device of a person, or, without one, the phone of a new person. */
export function openPhone(openid?: string): void {
  const phones = listPhones()
  const people = new Set(phones.map((phone) => phone.openid))
  const letter = String.fromCharCode('A'.charCodeAt(0) + people.size)
  const device = `d${Date.now().toString(36)}`
  save([...phones, { openid: openid ?? `oWechatUser-${letter}`, device }])
}

export function closePhone(device: string): void {
  save(listPhones().filter((phone) => phone.device !== device))
}

function save(phones: Phone[]): void {
  localStorage.setItem(KEY, JSON.stringify(phones))
  for (const listener of listeners) listener()
}

export function onPhonesChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
