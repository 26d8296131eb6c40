import type { Launch } from '../../launch/launch.ts'
import { CHAT_TYPES, TICKET_SCENE } from '../../launch/scenes.ts'
import type { Device } from '../device/device.ts'
import type { AppInstance, LaunchOptions } from '../pages/app-instance.ts'
import type { PageStack } from '../pages/page-stack.ts'
import { parseUrl } from '../services/navigation.ts'

/** What `onLaunch` and `onShow` receive. @param entry path of the entry page */
export function launchOptions({ page, scene }: Launch, entry: string): LaunchOptions {
  const { path, query } = parseUrl(page === '' ? `/${entry}` : `/${page.replace(/^\//, '')}`, '')
  const chatType = CHAT_TYPES[scene]
  return {
    path,
    query,
    scene,
    referrerInfo: {},
    apiCategory: 'default',
    ...(chatType === undefined ? {} : { chatType }),
    ...(scene === TICKET_SCENE ? { shareTicket: crypto.randomUUID() } : {}),
  }
}

/** Opens the page of a launch. A page that does not exist is the app's to handle; without a handler the entry page opens. */
export function openLaunchPage(
  { path, query }: LaunchOptions,
  entry: string,
  { pages, app, device }: { pages: PageStack; app: AppInstance; device: Device },
): void {
  if (pages.hasPage(path) || path === entry) {
    const search = Object.entries(query).map(([name, value]) => `${name}=${value}`)
    pages.reLaunch(`/${path}${search.length > 0 ? `?${search.join('&')}` : ''}`)
    return
  }
  device.errors.note(`启动页面 ${path} 不存在 · no such page`)
  const before = pages.top
  app.emit('onPageNotFound', { path, query, isEntryPage: true })
  if (pages.top === before) pages.reLaunch(`/${entry}`)
}
