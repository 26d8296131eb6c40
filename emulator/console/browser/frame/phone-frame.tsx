import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { closePhone, openPhone, type Phone } from './phones'

/** The largest phone with its edge, in CSS pixels. */
export const PHONE_WIDTH = 416
/** The tester's panel beside it, which has this width at any size of the phone, so that it can be read. */
export const PANEL_WIDTH = 320
/** The end of an openid tells it from others of this machine. */
const TAIL_CHARACTERS = 4

interface PhoneFrameProps {
  phone: Phone
  /** That of the account, if it has one. */
  nickname: string | undefined
  /** 1 for its natural size. */
  scale: number
  /** Called when the phone's page opens or folds the tester's panel. */
  onPanel: (isOpen: boolean) => void
}

/** One phone. Its page says in `data-panel` of the frame whether the tester's panel is open beside it. */
export function PhoneFrame({ phone, nickname, scale, onPanel }: PhoneFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [isPanelOpen, setPanelOpen] = useState(false)
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const follow = () => {
      setPanelOpen(element.dataset['panel'] === 'open')
      onPanel(element.dataset['panel'] === 'open')
    }
    const observer = new MutationObserver(follow)
    observer.observe(element, { attributes: true, attributeFilter: ['data-panel'] })
    follow()
    return () => observer.disconnect()
  }, [onPanel])
  // The panel compensates for the size of the frame that it is in.
  const tellScale = useCallback(() => {
    // A page that has only begun to load has no element yet.
    const root = frame.current?.contentDocument?.documentElement as HTMLElement | null | undefined
    root?.style.setProperty('--frame-scale', String(scale))
  }, [scale])
  useEffect(tellScale, [tellScale])
  const width = Math.floor(PHONE_WIDTH * scale) + (isPanelOpen ? PANEL_WIDTH : 0)
  return (
    <figure class="phone" style={{ width: `${width}px` }}>
      <figcaption>
        <PhoneName openid={phone.openid} nickname={nickname} />
        <button
          type="button"
          aria-label="另一台设备"
          title="另一台设备 Another device"
          onClick={() => openPhone(phone.openid)}
        >
          <span class="long">另一台设备</span>
          <span class="short">＋</span>
        </button>
        <button
          type="button"
          onClick={() => closePhone(phone.device)}
          aria-label={`关闭 ${phone.openid} 的这台手机`}
        >
          <span class="long">关闭</span>
          <span class="short">✕</span>
        </button>
      </figcaption>
      <div class="glass">
        <iframe
          ref={frame}
          onLoad={tellScale}
          src={`/phone?${new URLSearchParams({ ...phone })}`}
          title={`${phone.openid} 的手机`}
          style={{
            width: `${width / scale}px`,
            height: `${100 / scale}%`,
            transform: scale === 1 ? 'none' : `scale(${scale})`,
          }}
        />
      </div>
    </figure>
  )
}

/** Whose phone it is. Where there is little room, the beginning of the openid is left out, which all have in common. */
function PhoneName({ openid, nickname }: { openid: string; nickname: string | undefined }) {
  return (
    <span class="phone-name" title={nickname === undefined ? openid : `${nickname} · ${openid}`}>
      {nickname !== undefined && <b>{nickname}</b>}
      <code>
        <span class="head">{openid.slice(0, -TAIL_CHARACTERS)}</span>
        <span>{openid.slice(-TAIL_CHARACTERS)}</span>
      </code>
    </span>
  )
}
