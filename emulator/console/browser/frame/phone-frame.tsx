import { useEffect, useRef, useState } from 'preact/hooks'
import { closePhone, openPhone, type Phone } from './phones'

/** Widths of a phone's page in CSS pixels: of the largest phone with its edge, and of the tester's panel beside it. */
const PHONE_WIDTH = 416
const PANEL_WIDTH = 320

/** @param isPanelOpen whether the tester's panel stands beside the phone */
export const naturalWidth = (isPanelOpen: boolean) => PHONE_WIDTH + (isPanelOpen ? PANEL_WIDTH : 0)

interface PhoneFrameProps {
  phone: Phone
  /** 1 for its natural size. */
  scale: number
  /** Called when the phone's page opens or folds the tester's panel. */
  onPanel: (isOpen: boolean) => void
}

/** One phone. Its page says in `data-panel` of the frame whether the tester's panel is open beside it. */
export function PhoneFrame({ phone, scale, onPanel }: PhoneFrameProps) {
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
  const width = naturalWidth(isPanelOpen)
  return (
    <figure class="phone" style={{ width: `${Math.floor(width * scale)}px` }}>
      <figcaption>
        <code title={phone.openid}>{phone.openid}</code>
        <button type="button" onClick={() => openPhone(phone.openid)}>
          另一台设备
        </button>
        <button
          type="button"
          onClick={() => closePhone(phone.device)}
          aria-label={`关闭 ${phone.openid} 的这台手机`}
        >
          关闭
        </button>
      </figcaption>
      <div class="glass">
        <iframe
          ref={frame}
          src={`/phone?${new URLSearchParams({ ...phone })}`}
          title={`${phone.openid} 的手机`}
          style={{
            width: `${width}px`,
            height: `${100 / scale}%`,
            transform: scale === 1 ? 'none' : `scale(${scale})`,
          }}
        />
      </div>
    </figure>
  )
}
