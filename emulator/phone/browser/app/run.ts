import { globalOptions } from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { Program } from '../../program.ts'
import { installClock } from '../device/clock.ts'
import type { Device } from '../device/device.ts'
import { h } from '../dom.ts'
import { createWx } from '../wx/wx.ts'
import { AppInstance, type LaunchOptions } from './app-instance.ts'
import { brokenRoot } from './broken-page.ts'
import { defineUnits } from './define-units.ts'
import { createBackend } from './gestures.ts'
import type { Services } from './host.ts'
import { instanceBehavior } from './instance-methods.ts'
import { drawMistakes, tellMistakes } from './mistakes.ts'
import { networkStatus } from './network-status.ts'
import type { EaselRoot } from './page.ts'
import { scrollOf } from './page-scroll.ts'
import { PageStack } from './page-stack.ts'
import { Privacy } from './privacy.ts'
import { Readiness } from './readiness.ts'
import { listSupported } from './supported.ts'
import { watchErrors } from './watch-errors.ts'

/** Scene 1001: from the list of recent mini-programs. */
const SCENE = 1001

/** Starts the mini-program on the screen. */
export async function runMiniProgram(device: Device, program: Program): Promise<void> {
  watchErrors(device.errors)
  tellMistakes(device, program)
  const fatal = program.broken['app']
  if (fatal) {
    document.body.append(drawMistakes(`编译失败：${fatal.length} 处错误`, fatal))
    return
  }
  const insets = document.documentElement.style
  for (const side of ['top', 'left', 'right']) insets.setProperty(`--safe-area-inset-${side}`, '0px')
  insets.setProperty('--safe-area-inset-bottom', `${device.model.safeAreaBottom}px`)
  await device.clock.follow()
  installClock(globalThis, () => device.clock.offsetMilliseconds)

  const { appConfig, units } = program
  const path = appConfig.pages[0] ?? ''
  const launch: LaunchOptions = { path, query: {}, scene: SCENE, referrerInfo: {} }
  const app = new AppInstance(device.errors)
  const appName = appConfig.window?.navigationBarTitleText || '小程序'
  const privacy = new Privacy(device, appName)
  const parent = h('div', { class: 'wx-pages' })
  document.body.append(parent)
  const backend = createBackend()
  // Before any component is known: each takes the options of its time.
  globalOptions.writeIdToDOM = true
  const environment = new MiniProgramEnv()
  const readiness = new Readiness()
  const pages = new PageStack({
    device,
    appConfig,
    units,
    parent,
    readiness,
    createRoot: (at) => createRoot(at),
  })
  const services: Services = { device, navigation: pages, privacy, appName }
  const wx = createWx({ device, pages, app, privacy, appName, launch, appConfig })
  window.__phoneSupports = listSupported(wx)
  Object.assign(globalThis, {
    wx,
    App: (options: Record<string, unknown>) => app.define(options),
    getApp: () => app.instance,
    getCurrentPages: () => pages.instances,
  })
  const associated = environment.associateBackend(backend)
  const behavior = instanceBehavior(device.errors, readiness, (element) => pages.pageAround(element))
  const { space, broken } = defineUnits(environment, program, { services, errors: device.errors, behavior })
  const createRoot = (url: string): EaselRoot => {
    const [at = ''] = url.split('?', 1)
    const mistakes = broken.get(at)
    if (mistakes) return brokenRoot(at, mistakes)
    return associated.createRoot('page', space, url) as unknown as EaselRoot
  }

  device.attach({
    leftButton: (button) => (button === 'back' ? pages.navigateBack(1) : pages.reLaunch(`/${path}`)),
    refresh: () => scrollOf(pages.top)?.refresh(),
    networkChanged: () => app.tell('wx.networkStatusChange', networkStatus(device)),
    hide: () => {
      pages.hideForNow()
      app.tell('onHide')
    },
    show: () => {
      app.tell('onShow', launch)
      pages.showAgain()
    },
  })
  app.tell('onLaunch', launch)
  app.tell('onShow', launch)
  pages.reLaunch(`/${path}`)
}
