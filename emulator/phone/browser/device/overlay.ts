import { h } from '../base/dom.ts'

/**
 * Dialogs and sheets above the page, one above the other. The topmost keeps the focus; when it closes, the focus returns
 * to where it was.
 */
export class Overlay {
  readonly element = h('div', { class: 'overlay' })

  /** The box on top; undefined if none is shown. */
  get top(): Element | undefined {
    return this.element.lastElementChild?.firstElementChild ?? undefined
  }

  /**
   * Shows a box until its `finish` is called.
   * @param dismissed answer for Escape and for a tap beside the box; undefined if neither closes it
   * @param make draws the content of the box
   */
  prompt<Answer>(
    kind: 'dialog' | 'sheet',
    label: string,
    dismissed: Answer | undefined,
    make: (finish: (answer: Answer) => void) => readonly Node[],
  ): Promise<Answer> {
    return new Promise((resolve) => {
      const before = document.activeElement
      const finish = (answer: Answer) => {
        veil.remove()
        if (before instanceof HTMLElement) before.focus({ preventScroll: true })
        resolve(answer)
      }
      const dismiss = () => {
        if (dismissed !== undefined) finish(dismissed)
      }
      const box = h(
        'div',
        { class: kind, role: 'dialog', 'aria-modal': 'true', 'aria-label': label, tabindex: -1 },
        ...make(finish),
      )
      const veil = h('div', { class: 'veil' }, box)
      veil.addEventListener('click', (event) => {
        if (event.target === veil) dismiss()
      })
      veil.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') dismiss()
        if (event.key === 'Tab') keepFocusInside(box, event)
      })
      this.element.append(veil)
      box.focus({ preventScroll: true })
    })
  }
}

/** Keeps the focus in the box when Tab reaches its end. */
function keepFocusInside(box: HTMLElement, event: KeyboardEvent): void {
  const stops = [...box.querySelectorAll<HTMLElement>('button, input, [tabindex="0"]')]
  const [first] = stops
  const last = stops.at(-1)
  const focused = document.activeElement
  if (event.shiftKey ? focused === first || focused === box : focused === last) {
    event.preventDefault()
    ;(event.shiftKey ? last : first)?.focus()
  }
}
