import { globalOptions } from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { Program } from '../../program.ts'
import { COMPONENTS } from '../components/components.ts'
import { installClock } from '../device/clock.ts'
import type { Device } from '../device/device.ts'
import { h } from '../dom.ts'
import { createWx } from '../wx/wx.ts'
import { AppInstance, type LaunchOptions } from './app-instance.ts'
import { createBackend } from './gestures.ts'
import type { Services } from './host.ts'
import { showMistakes } from './mistakes.ts'
import { networkStatus } from './network-status.ts'
import type { EaselRoot } from './page.ts'
import { scrollOf } from './page-scroll.ts'
import { PageStack } from './page-stack.ts'
import { Privacy } from './privacy.ts'
import { registerComponents, urlOf } from './register.ts'
import { listSupported } from './supported.ts'
import { watchErrors } from './watch-errors.ts'

/** Scene 1001: from the list of recent mini-programs. */
const SCENE = 1001

/** Starts the mini-program on the screen. */
export async function runMiniProgram(device: Device, program: Program): Promise<void> {
  watchErrors(device.errors)
  if (program.mistakes.length > 0) return showMistakes(device, program.mistakes)
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
  const pages = new PageStack({ device, appConfig, units, parent, createRoot: (at) => createRoot(at) })
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
  const space = defineUnits(environment, program, services)
  const createRoot = (at: string) => associated.createRoot('page', space, at) as unknown as EaselRoot

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

type CodeSpace = ReturnType<MiniProgramEnv['createCodeSpace']>

/** Runs the scripts of the app, then of all components and pages, which define themselves. */
function defineUnits(environment: MiniProgramEnv, program: Program, services: Services): CodeSpace {
  const { units, templates, modules, appConfig } = program
  const builtIns = environment.getGlobalCodeSpace()
  registerComponents(builtIns, services, (path) => units[path]?.styleScope)
  const space = environment.createCodeSpace('main', true)
  for (const name of Object.keys(COMPONENTS)) {
    const component = builtIns.getComponentSpace().getComponentByUrl(urlOf(name), '')
    space.getComponentSpace().setGlobalUsingComponent(name, component)
  }
  for (const [path, { config, styleScope }] of Object.entries(units)) {
    const usingComponents = { ...appConfig.usingComponents, ...config.usingComponents }
    space.addComponentStaticConfig(path, { ...config, usingComponents } as never)
    const content = templates[path]
    space.addCompiledTemplate(path, {
      groupList: templates,
      content,
      fallbackListenerOnNativeNode: true,
    } as never)
    // The styles are in the document already; glass-easel is to know the prefix of the classes.
    if (styleScope !== undefined) space.addStyleSheet(path, undefined, styleScope)
  }
  modules['app']?.()
  const byKind = Object.entries(units).sort(([, a], [, b]) => Number(a.isPage) - Number(b.isPage))
  for (const [path] of byKind) {
    const run = modules[path]
    if (run) space.globalComponentEnv(globalThis, path, run)
  }
  return space
}
