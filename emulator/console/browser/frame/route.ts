import { useEffect, useState } from 'preact/hooks'

const SECTIONS = [
  { id: 'users', name: '用户', english: 'Users' },
  { id: 'operations', name: '管理', english: 'Operations' },
  { id: 'database', name: '数据库', english: 'Database' },
  { id: 'files', name: '云存储', english: 'Storage' },
  { id: 'calls', name: '云函数调用', english: 'Calls' },
  { id: 'web', name: '网络', english: 'Web' },
  { id: 'people', name: '微信账号', english: 'WeChat accounts' },
  { id: 'figures', name: '统计', english: 'Figures' },
  { id: 'faults', name: '故障', english: 'Faults' },
  { id: 'machine', name: '设置', english: 'Settings' },
] as const

export type SectionId = (typeof SECTIONS)[number]['id']

/** Only some projects keep users as the table of users shows them, or declare operations, which they may name. */
const { userTable, operations } = document.body.dataset

/** The sections of this console. */
export const SHOWN_SECTIONS = SECTIONS.filter(
  ({ id }) =>
    (id !== 'users' || userTable !== undefined) && (id !== 'operations' || operations !== undefined),
).map((section) => (section.id === 'operations' ? { ...section, name: operations ?? section.name } : section))

/** Section and detail of the address: `#database/notes`, `#people/<openid>`, `#calls/<requestId>`. */
export interface Route {
  section: SectionId
  detail: string
}

function routeOf(hash: string): Route {
  const [id = '', ...rest] = decoded(hash.slice(1)).split('/')
  const [first] = SHOWN_SECTIONS
  const section = SHOWN_SECTIONS.find((candidate) => candidate.id === id)?.id ?? first?.id ?? 'database'
  return { section, detail: rest.join('/') }
}

/** An address that somebody has cut short stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The address of a section, or of something in it. */
export function addressOf(section: SectionId, detail?: string): string {
  return detail === undefined ? `#${section}` : `#${section}/${encodeURIComponent(detail)}`
}

/** The route of the page's address, as it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash))
  useEffect(() => {
    const follow = () => setRoute(routeOf(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return route
}
