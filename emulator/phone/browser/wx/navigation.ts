import { asynchronous, type WxApis, type WxContext } from './api.ts'

/** Navigation between pages. */
export function navigationApis({ pages, device }: WxContext): WxApis {
  return {
    navigateTo: asynchronous('navigateTo', (options) => ({
      eventChannel: pages.navigateTo(options.text('url'), options.value('events')),
    })),
    redirectTo: asynchronous('redirectTo', (options) => pages.redirectTo(options.text('url'))),
    reLaunch: asynchronous('reLaunch', (options) => pages.reLaunch(options.text('url'))),
    switchTab: asynchronous('switchTab', (options) => pages.switchTab(options.text('url'))),
    navigateBack: asynchronous('navigateBack', (options) => pages.navigateBack(options.number('delta', 1))),
    restartMiniProgram: asynchronous('restartMiniProgram', () => device.restart()),
  }
}
