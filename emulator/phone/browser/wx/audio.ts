import { assetUrl } from '../services/asset-url.ts'
import type { WxApis, WxContext } from './api.ts'

type Listener = (event: object) => void

/** Events of WeChat's audio, and of the browser's. */
const EVENTS: Readonly<Record<string, string>> = {
  Canplay: 'canplay',
  Ended: 'ended',
  Pause: 'pause',
  Play: 'play',
  Seeked: 'seeked',
  Seeking: 'seeking',
  TimeUpdate: 'timeupdate',
  Waiting: 'waiting',
}

/** WeChat's numbers of errors: of the network, the file, the format; -1 is unknown. */
const ERROR_CODES: Readonly<Record<number, number>> = { 2: 10002, 3: 10004, 4: 10003 }

/** Sound: `InnerAudioContext` and the background player. Recording needs a microphone, which this phone does not have. */
export function audioApis(context: WxContext): WxApis {
  let background: object | undefined
  return {
    createInnerAudioContext: () => createAudio(context, false),
    getBackgroundAudioManager: () => {
      background ??= createAudio(context, true)
      return background
    },
    getAvailableAudioSources: () => Promise.resolve({ audioSources: ['auto'] }),
  }
}

/** @param startsAlone the background player starts when it gets an address */
function createAudio({ device }: WxContext, startsAlone: boolean): object {
  const audio = new Audio()
  let source = ''
  const listeners = new Map<string, Set<Listener>>()
  const emit = (event: string, detail: object = {}) => {
    for (const listener of [...(listeners.get(event) ?? [])]) listener(detail)
  }
  for (const [name, event] of Object.entries(EVENTS)) audio.addEventListener(event, () => emit(name))
  audio.addEventListener('error', () => {
    if (source === '') return
    device.errors.note(`音频 ${source} 无法播放`)
    emit('Error', { errCode: ERROR_CODES[audio.error?.code ?? 0] ?? -1, errMsg: audio.error?.message ?? '' })
  })
  // The browser plays nothing before the user has touched the page.
  const play = () => void audio.play().catch(() => undefined)
  const stop = () => {
    audio.pause()
    audio.currentTime = 0
    emit('Stop')
  }
  const events = [...Object.keys(EVENTS), 'Error', 'Stop', 'Next', 'Prev']
  return Object.defineProperties(
    {
      title: '',
      epname: '',
      singer: '',
      coverImgUrl: '',
      webUrl: '',
      protocol: 'http',
      obeyMuteSwitch: true,
      sessionCategory: 'ambient',
      referrerPolicy: 'no-referrer',
      startTime: 0,
      play,
      pause: () => audio.pause(),
      stop,
      seek: (seconds: unknown) => {
        audio.currentTime = Number(seconds) || 0
      },
      destroy: () => {
        audio.pause()
        listeners.clear()
        source = ''
        audio.removeAttribute('src')
      },
      ...Object.fromEntries(
        events.flatMap((name) => [
          [
            `on${name}`,
            (listener: Listener) => listeners.set(name, (listeners.get(name) ?? new Set()).add(listener)),
          ],
          [
            `off${name}`,
            (listener?: Listener) =>
              listener ? listeners.get(name)?.delete(listener) : listeners.delete(name),
          ],
        ]),
      ),
    },
    {
      src: {
        enumerable: true,
        get: () => source,
        set: (value: unknown) => {
          source = String(value ?? '')
          audio.src = source === '' ? '' : assetUrl(source, '', device.files)
          if (startsAlone && source !== '') play()
        },
      },
      ...accessors(audio, ['autoplay', 'loop', 'volume', 'playbackRate']),
      currentTime: { get: () => audio.currentTime },
      duration: { get: () => (Number.isFinite(audio.duration) ? audio.duration : 0) },
      paused: { get: () => audio.paused },
      buffered: { get: () => (audio.buffered.length > 0 ? audio.buffered.end(0) : 0) },
    },
  )
}

function accessors(
  audio: HTMLAudioElement,
  names: readonly (keyof HTMLAudioElement)[],
): PropertyDescriptorMap {
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        enumerable: true,
        get: () => audio[name],
        set: (value: unknown) => Object.assign(audio, { [name]: value }),
      },
    ]),
  )
}
