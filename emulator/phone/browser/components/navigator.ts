import { openOtherMiniProgram } from '../services/other-mini-program.ts'
import { builtIn } from './host.ts'

export const navigator = builtIn({
  properties: {
    url: '',
    openType: 'navigate',
    delta: 1,
    target: 'self',
    appId: '',
    path: '',
    extraData: null as unknown,
    version: 'release',
    shortLink: '',
    hoverClass: 'navigator-hover',
  },
  draw({ element }) {
    element.setAttribute('role', 'link')
    element.tabIndex = 0
  },
  async tap(host) {
    const { url, openType, delta, target, appId, shortLink, path } = host.data
    const { navigation, device } = host.services
    const toOther = () =>
      openOtherMiniProgram(host.services, {
        title: '即将打开另一个小程序',
        target: appId || shortLink,
        path,
      })
    const actions: Readonly<Record<string, () => unknown>> = {
      exit: () => device.leave(),
      navigate: () => navigation.navigateTo(url),
      redirect: () => navigation.redirectTo(url),
      switchTab: () => navigation.switchTab(url),
      reLaunch: () => navigation.reLaunch(url),
      navigateBack: () => navigation.navigateBack(delta),
    }
    const name = openType === 'navigate' ? 'navigateTo' : openType
    try {
      const action = target === 'miniProgram' && openType !== 'exit' ? toOther : actions[openType]
      if (!action) throw new Error(`open-type="${openType}" is not implemented by this phone`)
      await action()
      host.fire('success', { errMsg: `${name}:ok` })
      host.fire('complete', { errMsg: `${name}:ok` })
    } catch (error) {
      const detail = { errMsg: `${name}:fail ${(error as Error).message}` }
      if (detail.errMsg !== `${name}:fail cancel`) console.error(detail.errMsg)
      host.fire('fail', detail)
      host.fire('complete', detail)
    }
  },
})
