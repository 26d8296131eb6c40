import { DEFAULT_SCENE } from './scenes.ts'

/** How the mini-program is opened. */
export interface Launch {
  /** Path of a page with its query; empty for the entry page. */
  page: string
  /** WeChat's number of where the user comes from. */
  scene: number
}

/** The launch that an address such as `/phone?path=pages%2Fa%2Fa%3Fid%3D1&scene=1007` asks for. */
export function launchOf(search: string): Launch | undefined {
  const query = new URLSearchParams(search)
  const [page, scene] = [query.get('path'), query.get('scene')]
  if (page === null && scene === null) return undefined
  return { page: page ?? '', scene: Number(scene) || DEFAULT_SCENE }
}

/** The address of a phone that opens a page. */
export function launchAddress(openid: string, { page, scene }: Launch): string {
  const query = new URLSearchParams({ openid, device: '1', path: page, scene: String(scene) })
  return `/phone?${query}`
}
