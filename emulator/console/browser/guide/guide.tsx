import { useEffect, useRef, useState } from 'preact/hooks'
import { useRemembered } from '../frame/remembered'
import { GUIDE_STEPS, type GuideStep } from './guide-steps'
import { type Place, placeOf } from './place-of'
import './guide.css'

const DONE = 'done'
/** Frames load, phones scroll and panes move: nothing tells of all of that. */
const LOOK_MILLISECONDS = 150

/** `?tour` shows the guide again. The address then loses it, so that a reload does not begin again. */
const isAskedFor = new URLSearchParams(location.search).has('tour')
if (isAskedFor) history.replaceState(null, '', location.pathname + location.hash)

/** The number of the step, or the number of all steps once the guide is over. */
function readStep(stored: unknown): number {
  if (stored === DONE) return GUIDE_STEPS.length
  return typeof stored === 'number' && stored > 0 ? Math.floor(stored) : 0
}

let isBegunAgain = isAskedFor

/**
 * Shows somebody who opens the console for the first time what to do: a line above everything, which covers nothing, and
 * a ring around what the step is about. Doing it leads to the next step.
 */
export function Guide() {
  const [stored, setStored] = useRemembered<unknown>('console.guide', (value) => {
    const step = isBegunAgain ? 0 : readStep(value)
    isBegunAgain = false
    return step
  })
  const index = readStep(stored)
  const step = GUIDE_STEPS[index]
  const bar = useRef<HTMLElement>(null)
  const leave = () => {
    if (bar.current?.contains(document.activeElement)) document.getElementById('view')?.focus()
    setStored(DONE)
  }
  const go = () => (index + 1 < GUIDE_STEPS.length ? setStored(index + 1) : leave())
  useEscape(step !== undefined, leave)
  const shown = useStep(step, go)
  if (!step) return null
  const { text, english, place } = shown ?? { text: step.text(), english: step.english() }
  const isLast = index + 1 === GUIDE_STEPS.length
  return (
    <>
      <section ref={bar} class="guide" aria-label="导览 Tour">
        <p role="status">
          <b>
            {index + 1}/{GUIDE_STEPS.length}
          </b>{' '}
          {text} <span lang="en">{english}</span>
        </p>
        <button type="button" class="primary" onClick={go}>
          {isLast ? '完成' : '下一步'}
        </button>
        {!isLast && (
          <button type="button" onClick={leave}>
            跳过
          </button>
        )}
      </section>
      {place && <Ring place={place} />}
    </>
  )
}

/** Around the target, and above everything that is not it. */
function Ring({ place: { left, top, width, height } }: { place: Place }) {
  const style = { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` }
  return <div class="guide-ring" style={style} aria-hidden="true" />
}

interface ShownStep {
  /** Where the target is. */
  place: Place | undefined
  text: string
  english: string
}

/** Follows the target of a step, and calls `onDone` once the step is done. */
function useStep(step: GuideStep | undefined, onDone: () => void): ShownStep | undefined {
  const [shown, setShown] = useState<ShownStep>()
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    if (!step) return setShown(undefined)
    const wasDone = step.isDone()
    step.target()?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const look = () => {
      if (!wasDone && step.isDone()) return done.current()
      const target = step.target()
      const found = { place: target && placeOf(target), text: step.text(), english: step.english() }
      setShown((before) => (isSame(before, found) ? before : found))
    }
    look()
    const timer = setInterval(look, LOOK_MILLISECONDS)
    return () => clearInterval(timer)
  }, [step])
  return shown
}

function isSame(one: ShownStep | undefined, other: ShownStep | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Escape that nothing else takes: no field, dialog or open menu. */
function useEscape(isOn: boolean, onEscape: () => void): void {
  const handler = useRef(onEscape)
  handler.current = onEscape
  useEffect(() => {
    if (!isOn) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      const { target } = event
      if (target instanceof Element && target.closest('input, textarea, select, dialog, details[open]'))
        return
      handler.current()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [isOn])
}
