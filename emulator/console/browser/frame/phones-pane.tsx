import { useCallback, useEffect, useState } from 'preact/hooks'
import { useLive } from './live'
import { PANEL_WIDTH, PHONE_WIDTH, PhoneFrame } from './phone-frame'
import { listPhones, onPhonesChange, openPhone, type Phone } from './phones'
import { useWidth } from './use-width'
import './phones-pane.css'

/** Smaller than this, nothing on a phone can be read: the pane scrolls instead. */
const SMALLEST_SCALE = 0.45
/** Below this, an open panel lets the pane scroll rather than shrink. */
const READABLE_SCALE = 0.85
const GAP = 16
/** On both sides of the phones, with the scrollbar. */
const EDGES = 40

/** The phones of this page, and on which of them the tester's panel is open. */
export interface PhonesState {
  phones: readonly Phone[]
  openPanels: ReadonlySet<string>
  setPanel: (device: string, isOpen: boolean) => void
}

export function usePhones(): PhonesState {
  const [phones, setPhones] = useState(listPhones)
  const [openPanels, setOpenPanels] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => onPhonesChange(() => setPhones(listPhones())), [])
  const setPanel = useCallback((device: string, isOpen: boolean) => {
    setOpenPanels((before) => {
      if (before.has(device) === isOpen) return before
      const after = new Set(before)
      if (isOpen) after.add(device)
      else after.delete(device)
      return after
    })
  }, [])
  return { phones, openPanels, setPanel }
}

/** The width at which the phones have their natural size. */
export function widthOfPhones({ phones, openPanels }: PhonesState): number {
  const count = Math.max(1, phones.length)
  const panels = phones.filter(({ device }) => openPanels.has(device)).length
  return count * (PHONE_WIDTH + GAP) - GAP + EDGES + panels * PANEL_WIDTH
}

/**
 * The phones beside the console, each in a frame. They get smaller so that all fit into the pane. A panel that opens
 * leaves their size, and the pane scrolls where there is no room for it.
 */
export function PhonesPane({ phones, openPanels, setPanel }: PhonesState) {
  const [list, room] = useWidth<HTMLDivElement>()
  const panels = phones.filter(({ device }) => openPanels.has(device)).length
  const users = useLive('users', 'users', 'machine').data?.users ?? []
  const wanted = phones.length * PHONE_WIDTH
  const gaps = GAP * (phones.length - 1)
  const spare = panels * PANEL_WIDTH
  const scale = room === 0 || wanted === 0 ? 1 : scaleOf(room - gaps, wanted, spare)
  return (
    <aside class="phones" aria-label="手机">
      <div class="toolbar">
        <button type="button" onClick={() => openPhone()}>
          ＋ 新微信用户
        </button>
      </div>
      <div class="phone-list" ref={list}>
        {phones.map((phone) => (
          <PhoneFrame
            key={phone.device}
            phone={phone}
            nickname={users.find(({ openid }) => openid === phone.openid)?.nickname}
            scale={scale}
            onPanel={(isOpen) => setPanel(phone.device, isOpen)}
          />
        ))}
      </div>
    </aside>
  )
}

/** With panels as long as all can be read; without them where that would be too small. */
function scaleOf(room: number, phones: number, panels: number): number {
  if (panels === 0) return Math.min(1, Math.max(SMALLEST_SCALE, room / phones))
  const withPanels = (room - panels) / phones
  const scale = withPanels >= READABLE_SCALE ? withPanels : Math.min(room / phones, READABLE_SCALE)
  return Math.min(1, Math.max(SMALLEST_SCALE, scale))
}
