import { assetUrl } from '../services/asset-url.ts'
import type { WxApis, WxContext } from './api.ts'
import { unimplementedObject } from './unimplemented.ts'

/** `wx.createVideoContext`: controls a `<video>` of the top page. */
export function videoApis({ pages, device }: WxContext): WxApis {
  return {
    createVideoContext: (id: unknown) => {
      const find = () => findById<HTMLVideoElement>(pages.top?.layer, String(id), 'video')
      return unimplementedObject('wx.createVideoContext', device.errors, {
        play: () =>
          void find()
            ?.play()
            .catch(() => undefined),
        pause: () => find()?.pause(),
        stop: () => {
          const video = find()
          if (!video) return
          video.pause()
          video.currentTime = 0
        },
        seek: (seconds: unknown) => Object.assign(find() ?? {}, { currentTime: Number(seconds) || 0 }),
        playbackRate: (rate: unknown) => Object.assign(find() ?? {}, { playbackRate: Number(rate) || 1 }),
        requestFullScreen: () =>
          void find()
            ?.requestFullscreen?.()
            .catch(() => undefined),
        exitFullScreen: () => void document.exitFullscreen?.().catch(() => undefined),
        sendDanmu: () => device.errors.note('sendDanmu：这台手机不显示弹幕'),
        hideStatusBar: () => undefined,
        showStatusBar: () => undefined,
      })
    },
    createAudioContext: (id: unknown) => {
      const find = () => findById<HTMLAudioElement>(pages.top?.layer, String(id), 'audio')
      return {
        setSrc: (source: unknown) =>
          Object.assign(find() ?? {}, { src: assetUrl(String(source), '', device.files) }),
        play: () =>
          void find()
            ?.play()
            .catch(() => undefined),
        pause: () => find()?.pause(),
        seek: (seconds: unknown) => Object.assign(find() ?? {}, { currentTime: Number(seconds) || 0 }),
      }
    },
  }
}

/**
 * The element of the browser inside a component of the page with this id. Ids in a component have a prefix in the
 * document.
 */
function findById<Found extends Element>(
  layer: Element | undefined,
  id: string,
  tag: string,
): Found | undefined {
  const name = CSS.escape(id)
  const found = layer?.querySelector(`[id="${name}"], [id$="--${name}"]`)
  return (found?.matches(tag) ? found : found?.querySelector(tag)) as Found | undefined
}
