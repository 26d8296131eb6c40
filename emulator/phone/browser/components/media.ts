import { h } from '../base/dom.ts'
import { assetUrl } from '../services/asset-url.ts'
import { builtIn, type Host } from './host.ts'

interface MediaData {
  src: string
  loop: boolean
  poster: string
  controls: boolean
}

/** Events of the browser's player that WeChat has by the same name in lower case. */
const EVENTS = ['play', 'pause', 'ended', 'waiting'] as const

function drawPlayer(host: Host<MediaData>, player: HTMLMediaElement): void {
  for (const event of EVENTS) player.addEventListener(event, () => host.fire(event, {}))
  player.addEventListener('timeupdate', () =>
    host.fire('timeupdate', { currentTime: player.currentTime, duration: player.duration }),
  )
  player.addEventListener('error', () => {
    if (!player.hasAttribute('src')) return
    host.services.device.errors.note(`提示 ${host.owner.path} 播放失败：${host.data.src}`)
    host.fire('error', { errMsg: 'MEDIA_ERR_SRC_NOT_SUPPORTED' })
  })
  host.element.prepend(player)
}

async function load(host: Host<MediaData>, player: HTMLMediaElement): Promise<void> {
  const { src } = host.data
  if (player.dataset['from'] === src) return
  player.dataset['from'] = src
  const { device } = host.services
  if (src === '') player.removeAttribute('src')
  else if (!src.startsWith('cloud://')) player.src = assetUrl(src, host.owner.path, device.files)
  else {
    const address = await device.cloudFiles.urlOf(src).catch(() => undefined)
    if (address && 'url' in address && player.dataset['from'] === src) player.src = address.url
  }
}

export const video = builtIn({
  properties: {
    src: '',
    duration: 0,
    controls: true,
    danmuList: null as unknown,
    danmuBtn: false,
    enableDanmu: false,
    autoplay: false,
    loop: false,
    muted: false,
    initialTime: 0,
    pageGesture: false,
    direction: 0,
    showProgress: true,
    showFullscreenBtn: true,
    showPlayBtn: true,
    showCenterPlayBtn: true,
    enableProgressGesture: true,
    objectFit: 'contain',
    poster: '',
    showMuteBtn: false,
    title: '',
    playBtnPosition: 'bottom',
    enablePlayGesture: false,
    autoPauseIfNavigate: true,
    autoPauseIfOpenNative: true,
    vslideGesture: false,
    vslideGestureInFullscreen: true,
    showBottomProgress: true,
    adUnitId: '',
    posterForCrawler: '',
    showCastingButton: false,
    pictureInPictureMode: null as unknown,
    pictureInPictureShowProgress: false,
    enableAutoRotation: false,
    showScreenLockButton: false,
    showSnapshotButton: false,
    showBackgroundPlaybackButton: false,
    backgroundPoster: '',
    referrerPolicy: 'no-referrer',
    isDrm: false,
    isLive: false,
    provisionUrl: '',
    certificateUrl: '',
    licenseUrl: '',
    preferredPeakBitRate: 0,
  },
  draw(host) {
    const player = h('video', { playsinline: '' })
    drawPlayer(host, player)
    player.addEventListener('loadedmetadata', () => {
      const { videoWidth: width, videoHeight: height, duration } = player
      host.fire('loadedmetadata', { width, height, duration })
      if (host.data.initialTime > 0) player.currentTime = host.data.initialTime
    })
  },
  update(host) {
    const player = host.element.querySelector('video')
    if (!player) return
    const { data, owner, services } = host
    player.controls = data.controls
    player.loop = data.loop
    player.muted = data.muted
    player.autoplay = data.autoplay
    player.style.objectFit = data.objectFit
    if (data.poster !== '' && !data.poster.startsWith('cloud://')) {
      player.poster = assetUrl(data.poster, owner.path, services.device.files)
    }
    void load(host, player)
  },
})

/** The player of old base libraries: WeChat advises `wx.createInnerAudioContext` instead. */
export const audio = builtIn({
  properties: { src: '', loop: false, controls: false, poster: '', name: '未知音频', author: '未知作者' },
  draw(host) {
    drawPlayer(host, h('audio', {}))
    host.element.append(h('b', {}), h('span', {}))
  },
  update(host) {
    const { element, data } = host
    const player = element.querySelector('audio')
    if (!player) return
    player.loop = data.loop
    element.classList.toggle('wx-shown', data.controls)
    element.querySelector(':scope > b')?.replaceChildren(data.name)
    element.querySelector(':scope > span')?.replaceChildren(data.author)
    void load(host, player)
  },
  tap({ element, data }) {
    const player = element.querySelector('audio')
    if (!player || !data.controls) return
    if (player.paused) void player.play().catch(() => {})
    else player.pause()
  },
})
