import type { ComponentChildren } from 'preact'
import { useRemembered } from './remembered'
import { Splitter } from './splitter'
import { useWidth } from './use-width'
import './panes.css'

interface PanesProps {
  /** Under which the width is remembered, and part of the ids of the panes: `phones`. */
  id: string
  /** What the sized pane is called: 手机. */
  label: string
  /** Which of the two has a width; the other takes what is left. */
  sized: 'start' | 'end'
  /** Width of the sized pane in CSS pixels until somebody changes it. */
  initial: number
  /** The least width of the sized pane, and of the other. Without room for both, they stand one above the other. */
  minimum: number
  minimumRest: number
  /** The panes stand outside of any landmark of the page. */
  isOutermost?: boolean
  /** The key that folds and unfolds. */
  shortcut?: string
  start: ComponentChildren
  /** Absent: the first pane has all the room. */
  end?: ComponentChildren
}

interface Remembered {
  width?: number
  isFolded?: boolean
}

function readPanes(stored: unknown): Remembered {
  const { width, isFolded } = (stored ?? {}) as { width?: unknown; isFolded?: unknown }
  return {
    ...(typeof width === 'number' && width > 0 ? { width } : {}),
    ...(isFolded === true ? { isFolded } : {}),
  }
}

/** Two panes side by side. The splitter between them is moved by pointer and by keyboard, and folds the sized one. */
export function Panes(props: PanesProps) {
  const { id, label, sized, initial, minimum, minimumRest, start, end } = props
  const [panes, setPanes] = useRemembered(`console.panes.${id}`, readPanes)
  const [container, room] = useWidth<HTMLDivElement>()
  const hasEnd = end !== undefined && end !== null && end !== false
  const isStacked = room > 0 && room < minimum + minimumRest
  const isFolded = hasEnd && panes.isFolded === true
  const maximum = Math.max(minimum, room - minimumRest)
  const width = Math.min(Math.max(panes.width ?? initial, minimum), maximum)
  const style = (side: 'start' | 'end') =>
    side === sized && hasEnd && !isStacked ? { flex: `0 0 ${width}px` } : {}
  return (
    <div ref={container} class={`panes ${isStacked ? 'stacked' : ''}`}>
      <div id={`${id}-start`} class="pane" style={style('start')} hidden={isFolded && sized === 'start'}>
        {start}
      </div>
      {hasEnd && (
        <>
          <Splitter
            label={label}
            shortcut={props.shortcut}
            controls={`${id}-${sized}`}
            sized={sized}
            isFolded={isFolded}
            isStacked={isStacked}
            isLandmark={props.isOutermost === true}
            width={width}
            minimum={minimum}
            maximum={maximum}
            onWidth={(changed) => setPanes(changed === undefined ? {} : { width: changed })}
            onFold={(folded) => setPanes({ ...panes, isFolded: folded })}
          />
          <div id={`${id}-end`} class="pane" style={style('end')} hidden={isFolded && sized === 'end'}>
            {end}
          </div>
        </>
      )}
    </div>
  )
}
