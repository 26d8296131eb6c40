import { globalOptions } from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { CompiledProgram } from '../../program/program.ts'
import { h } from '../base/dom.ts'
import { installClock } from '../device/clock.ts'
import type { Device } from '../device/device.ts'
import { installTimeouts } from '../device/timeouts.ts'
import { AppInstance, type Launches } from '../pages/app-instance.ts'
import { brokenRoot } from '../pages/broken-page.ts'
import { drawDiagnostics, reportDiagnostics } from '../pages/diagnostics.ts'
import type { EaselRoot } from '../pages/page.ts'
import { scrollOf } from '../pages/page-scroll.ts'
import { PageStack } from '../pages/page-stack.ts'
import { Readiness } from '../pages/readiness.ts'
import { openMenu } from '../services/menu.ts'
import { networkStatus } from '../services/network-status.ts'
import { Permissions } from '../services/permissions.ts'
import { Privacy } from '../services/privacy.ts'
import type { Services } from '../services/services.ts'
import { createWx } from '../wx/wx.ts'
import { Appearance } from './appearance.ts'
import { defineComponents } from './define-components.ts'
import { replaceFunctionConstructor } from './function-constructor.ts'
import { createBackend } from './gestures.ts'
import { instanceBehavior } from './instance-methods.ts'
import { launchOptions, openLaunchPage } from './launch.ts'
import { createRequirePlugin } from './plugins.ts'
import { SelectorQuery } from './selector-query.ts'
import { listSupported } from './supported.ts'
import { watchErrors } from './watch-errors.ts'

/** Starts the mini-program on the screen. */
export async function runMiniProgram(device: Device, program: CompiledProgram): Promise<void> {
  watchErrors(device.errors)
  replaceFunctionConstructor(device.errors)
  reportDiagnostics(device, program)
  const fatal = program.broken['app']
  if (fatal) {
    document.body.append(drawDiagnostics(`编译失败：${fatal.length} 处错误`, fatal))
    return
  }
  const insets = document.documentElement.style
  for (const side of ['top', 'left', 'right']) insets.setProperty(`--safe-area-inset-${side}`, '0px')
  insets.setProperty('--safe-area-inset-bottom', `${device.model.safeAreaBottom}px`)
  await Promise.all([device.clock.follow(), device.userFiles.load()])
  const { clock } = device
  installClock(globalThis, () => clock.offsetMilliseconds - clock.stoppedMilliseconds)
  installTimeouts(globalThis, clock)

  const { appConfig, components } = program
  const appearance = new Appearance(device, appConfig)
  appearance.apply()
  const path = appConfig.pages[0] ?? ''
  const launch = launchOptions(device.takeLaunch(), path)
  const launches: Launches = { first: launch, latest: launch }
  const app = new AppInstance(device.errors)
  const appName = appConfig.window?.navigationBarTitleText || '小程序'
  const privacy = new Privacy(device, appName)
  const parent = h('div', { class: 'wx-pages' })
  document.body.append(parent)
  const backend = createBackend()
  // Set before any component is defined: a component takes the options of that time.
  globalOptions.writeIdToDOM = true
  // A component's property may be named like a field of glass-easel's element, such as `dataset`.
  globalOptions.writeFieldsToNode = false
  // A function that was assigned to the instance takes precedence over the method of its name.
  globalOptions.useMethodCallerListeners = true
  const environment = new MiniProgramEnv()
  const readiness = new Readiness()
  const pages = new PageStack({
    device,
    appConfig,
    components,
    dark: program.dark,
    theme: () => appearance.theme,
    parent,
    readiness,
    createRoot: (url) => createRoot(url),
  })
  const permissions = new Permissions(device, appName, appConfig.permission)
  const services: Services = { device, navigation: pages, privacy, permissions, appName }
  const context = {
    device,
    pages,
    app,
    privacy,
    permissions,
    appName,
    launches,
    appConfig,
    createSelectorQuery: () =>
      new SelectorQuery(
        () => pages.top?.instance as never,
        (error) => device.errors.addThrown(error, 'wx.createSelectorQuery'),
      ),
  }
  const created = createWx(context, window.projectWx)
  if (window.projectWxError) device.errors.addThrown(window.projectWxError, 'wx')
  window.__phoneSupports = listSupported(created)
  const { wx } = created
  Object.assign(globalThis, {
    wx,
    App: (options: unknown) => app.define(options),
    getApp: () => app.instance,
    getCurrentPages: () => pages.instances,
    requirePlugin: createRequirePlugin(device.errors),
  })
  const associated = environment.associateBackend(backend)
  const behavior = instanceBehavior(device.errors, readiness, (element) => pages.pageAround(element))
  const { space, broken } = defineComponents(environment, program, {
    services,
    errors: device.errors,
    behavior,
    launch: () => {
      app.emit('onLaunch', launch)
      app.emit('onShow', launch)
    },
  })
  const createRoot = (url: string): EaselRoot => {
    const [target = ''] = url.split('?', 1)
    const reasons = broken.get(target)
    if (reasons) return brokenRoot(target, reasons)
    return associated.createRoot('page', space, url) as unknown as EaselRoot
  }

  device.attach({
    get pagePath() {
      return pages.top?.path
    },
    leftButton: (button) => (button === 'back' ? pages.navigateBack(1) : pages.reLaunch(`/${path}`)),
    refresh: () => scrollOf(pages.top)?.refresh(),
    networkChanged: () => app.emit('wx.networkStatusChange', networkStatus(device)),
    themeChanged: () => {
      appearance.apply()
      pages.showTheme()
      if (appearance.isFollowed) app.emit('onThemeChange', { theme: appearance.theme })
    },
    hide: () => {
      pages.enterBackground()
      app.emit('onHide')
    },
    show: (opened) => {
      if (opened) launches.latest = launchOptions(opened, path)
      app.emit('onShow', launches.latest)
      if (opened) openLaunchPage(launches.latest, path, { pages, app, device })
      else pages.enterForeground()
    },
    openMenu: () => void openMenu(services),
  })
  openLaunchPage(launch, path, { pages, app, device })
}
