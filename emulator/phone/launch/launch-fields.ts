import type { Launch } from './launch.ts'
import { isCodeScene, isLinkScene } from './scenes.ts'

/** A launch as a tester fills it in. */
export interface LaunchFields {
  /** May have a query of its own, before the other fields. */
  path: string
  /** Names and values of the query. A value arrives at the page as it is here: WeChat decodes none. */
  query: readonly (readonly [name: string, value: string])[]
  scene: number
  /** The `scene` of `wxacode.getUnlimited`, for a launch from a mini-program code; empty for none. */
  codeScene: string
  /** The address in an ordinary QR code, for a launch from one; empty for none. */
  link: string
}

/** @param now milliseconds since 1970, for the time of a scan */
export function launchOfFields(fields: LaunchFields, now: number): Launch {
  const { scene, codeScene, link } = fields
  const query = fields.query
    .filter(([name]) => name.trim() !== '')
    .map(([name, value]) => `${escaped(name.trim())}=${escaped(value)}`)
  if (isCodeScene(scene) && codeScene !== '') query.push(`scene=${encodeURIComponent(codeScene)}`)
  if (isLinkScene(scene) && link !== '')
    query.push(`q=${encodeURIComponent(link)}`, `scancode_time=${Math.floor(now / 1000)}`)
  const path = fields.path.trim().replace(/^\//, '')
  if (query.length === 0) return { page: path, scene }
  return { page: `${path}${path.includes('?') ? '&' : '?'}${query.join('&')}`, scene }
}

export function fieldsOfLaunch({ page, scene }: Launch): LaunchFields {
  const [path, pairs] = splitPage(page)
  const find = (name: string) => decoded(pairs.find(([known]) => known === name)?.[1] ?? '')
  const special = isCodeScene(scene) ? ['scene'] : isLinkScene(scene) ? ['q', 'scancode_time'] : []
  return {
    path,
    query: pairs.filter(([name]) => !special.includes(name)),
    scene,
    codeScene: isCodeScene(scene) ? find('scene') : '',
    link: isLinkScene(scene) ? find('q') : '',
  }
}

/** `pages/a/a?id=1` as its path and its query. */
export function splitPage(page: string): [path: string, query: [name: string, value: string][]] {
  const start = page.indexOf('?')
  if (start < 0) return [page, []]
  const pairs = page
    .slice(start + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=')
      return [name, value.join('=')]
    })
  return [page.slice(0, start), pairs]
}

/** Only what would end the value. */
const escaped = (text: string) => text.replace(/[?&#]/g, encodeURIComponent)

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
