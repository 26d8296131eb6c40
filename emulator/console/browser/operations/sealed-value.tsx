import { useEffect, useState } from 'preact/hooks'
import { Notice } from '../frame/notice'

/** What the project's own keys have opened. It is gone once the user leaves: for another view, another page, or by 隐藏. */
export function SealedValue({ label, text }: { label: string; text: string | undefined }) {
  const [isHidden, setHidden] = useState(false)
  useEffect(() => {
    const hide = () => setHidden(true)
    addEventListener('pagehide', hide)
    return () => removeEventListener('pagehide', hide)
  }, [])
  if (text === undefined) return <Notice>{label}：在这台电脑上打不开</Notice>
  if (isHidden) return <p class="sealed faint">{label}已隐藏</p>
  return (
    <p class="sealed">
      {label} <b class="number">{text}</b>
      <button type="button" onClick={() => setHidden(true)}>
        隐藏
      </button>
      <small class="faint">在这台电脑上打开，离开这里就消失</small>
    </p>
  )
}
