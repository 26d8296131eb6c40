import { builtIn } from '../app/host.ts'

export const navigator = builtIn({
  properties: {
    url: '',
    openType: 'navigate',
    delta: 1,
    target: 'self',
    hoverClass: 'navigator-hover',
  },
  draw({ element }) {
    element.setAttribute('role', 'link')
    element.tabIndex = 0
  },
  tap(host) {
    const { url, openType, delta } = host.data
    const { navigation } = host.services
    const ways: Readonly<Record<string, () => void>> = {
      navigate: () => navigation.navigateTo(url),
      redirect: () => navigation.redirectTo(url),
      switchTab: () => navigation.switchTab(url),
      reLaunch: () => navigation.reLaunch(url),
      navigateBack: () => navigation.navigateBack(delta),
    }
    const name = openType === 'navigate' ? 'navigateTo' : openType
    try {
      const way = ways[openType]
      if (!way) throw new Error(`open-type="${openType}" is not implemented by this phone`)
      way()
      host.fire('success', { errMsg: `${name}:ok` })
      host.fire('complete', { errMsg: `${name}:ok` })
    } catch (error) {
      const detail = { errMsg: `${name}:fail ${(error as Error).message}` }
      console.error(detail.errMsg)
      host.fire('fail', detail)
      host.fire('complete', detail)
    }
  },
})
