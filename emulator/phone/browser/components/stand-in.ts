import { h } from '../base/dom.ts'
import { builtIn, type Host } from './host.ts'

/** A component that only a device can draw: a box of its size that says its name. */
function standIn<Data extends object>(
  tag: string,
  name: string,
  properties: Data,
  details: (host: Host<Data>) => readonly (Node | string)[] = () => [],
) {
  return builtIn<Data>({
    properties,
    draw(host) {
      host.element.classList.add('wx-stand-in')
      host.element.prepend(h('div', { class: 'wx-stand-in-name' }, h('b', {}, `${name} ${tag}`), h('span')))
      const where = host.owner.path
      host.services.device.errors.note(
        `提示 ${where} <${tag}>：只有真机能显示${name}，这台手机画一个同样大小的框`,
      )
    },
    update(host) {
      const shown = host.element.querySelector(':scope > .wx-stand-in-name > span')
      shown?.replaceChildren(...details(host))
    },
  })
}

export const camera = standIn('camera', '相机', {
  mode: 'normal',
  resolution: 'medium',
  devicePosition: 'back',
  flash: 'auto',
  frameSize: 'medium',
})

export const livePlayer = standIn('live-player', '直播播放', {
  src: '',
  mode: 'live',
  autoplay: false,
  muted: false,
  orientation: 'vertical',
  objectFit: 'contain',
  backgroundMute: false,
  minCache: 1,
  maxCache: 3,
})

export const livePusher = standIn('live-pusher', '直播推流', {
  url: '',
  mode: 'RTC',
  autopush: false,
  muted: false,
  enableCamera: true,
  devicePosition: 'front',
  beauty: 0,
  whiteness: 0,
})

export const voipRoom = standIn('voip-room', '多人通话', {
  openid: '',
  mode: 'camera',
  devicePosition: 'front',
})

export const channelLive = standIn('channel-live', '视频号直播', { feedId: '', finderUserName: '' })

export const channelVideo = standIn('channel-video', '视频号视频', {
  feedId: '',
  finderUserName: '',
  feedToken: '',
  autoplay: false,
  loop: false,
  muted: false,
  objectFit: 'contain',
})

export const ad = standIn('ad', '广告', {
  unitId: '',
  adIntervals: 0,
  adType: 'banner',
  adTheme: 'white',
})

export const adCustom = standIn('ad-custom', '模板广告', { unitId: '', adIntervals: 0 })

export const officialAccount = standIn('official-account', '关注公众号', {})

export const officialAccountPublish = standIn('official-account-publish', '公众号文章', { path: '' })

/** Covers the page, as WeChat's does. */
export const webView = standIn('web-view', '网页', { src: '' }, ({ data }) => [data.src])

export const functionalPageNavigator = standIn('functional-page-navigator', '功能页', {
  version: 'release',
  name: '',
  args: null as unknown,
})
