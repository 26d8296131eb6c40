import { useRef } from 'preact/hooks'

interface SplitterProps {
  label: string
  shortcut: string | undefined
  /** Id of the pane that it resizes. */
  controls: string
  sized: 'start' | 'end'
  isFolded: boolean
  /** The panes stand one above the other: there is no width to change. */
  isStacked: boolean
  /** It stands outside of the landmarks of the page, and is one. */
  isLandmark: boolean
  width: number
  minimum: number
  maximum: number
  /** undefined: back to the width that the pane has by itself. */
  onWidth: (width: number | undefined) => void
  onFold: (isFolded: boolean) => void
}

const STEP = 16
const LARGE_STEP = 80

/** The line between two panes: a separator with a value, and a button that folds the pane. */
export function Splitter(props: SplitterProps) {
  const { label, shortcut, controls, sized, isFolded, isStacked, isLandmark } = props
  const { width, minimum, maximum, onWidth, onFold } = props
  const drag = useRef<{ from: number; width: number } | undefined>(undefined)
  const towardsSized = sized === 'start' ? -1 : 1
  const set = (next: number) => onWidth(Math.min(Math.max(Math.round(next), minimum), maximum))
  const press = (event: KeyboardEvent) => {
    const step = event.shiftKey ? LARGE_STEP : STEP
    const moves: Record<string, () => void> = {
      ArrowLeft: () => set(width + step * towardsSized),
      ArrowRight: () => set(width - step * towardsSized),
      Home: () => set(minimum),
      End: () => set(maximum),
      Enter: () => onFold(true),
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }
  const begin = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { from: event.clientX, width }
    // A frame under the pointer would take its movements.
    document.documentElement.classList.add('is-resizing')
  }
  const follow = (event: PointerEvent) => {
    if (drag.current) set(drag.current.width - (event.clientX - drag.current.from) * towardsSized)
  }
  const end = () => {
    drag.current = undefined
    document.documentElement.classList.remove('is-resizing')
  }
  const pointsToStart = (sized === 'start') !== isFolded
  const Box = isLandmark ? 'section' : 'div'
  return (
    <Box
      class={`splitter ${isFolded ? 'folded' : ''}`}
      aria-label={isLandmark ? `${label}的大小` : undefined}
    >
      <button
        type="button"
        class="fold"
        aria-label={isFolded ? `展开${label}` : `折叠${label}`}
        aria-expanded={!isFolded}
        aria-controls={controls}
        aria-keyshortcuts={shortcut}
        onClick={() => onFold(!isFolded)}
      >
        <span aria-hidden="true">{pointsToStart ? '‹' : '›'}</span>
      </button>
      {!isFolded && !isStacked && (
        // biome-ignore lint/a11y/useSemanticElements: a rule (hr) has no value and takes no focus
        <div
          role="separator"
          class="handle"
          tabindex={0}
          aria-label={`${label}的宽度`}
          aria-orientation="vertical"
          aria-controls={controls}
          aria-valuenow={width}
          aria-valuemin={minimum}
          aria-valuemax={maximum}
          aria-valuetext={`${width} 像素`}
          onKeyDown={press}
          onPointerDown={begin}
          onPointerMove={follow}
          onPointerUp={end}
          onPointerCancel={end}
          onDblClick={() => onWidth(undefined)}
        />
      )}
    </Box>
  )
}
