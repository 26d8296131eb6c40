import { h } from '../dom.ts'

/**
 * What the phone shows above the page: dialogs and sheets one above the other, the keyboard's focus inside the
 * topmost and back where it was afterwards.
 */
export class Overlay {
  readonly element = h('div', { class: 'overlay' })

  /**
   * Shows a box until its `finish` is called.
   * @param make draws the box; Escape and a tap beside it finish with `dismissed`, unless that is undefined
   */
  ask<Answer>(
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
        if (event.key === 'Tab') keepInside(box, event)
      })
      this.element.append(veil)
      box.focus({ preventScroll: true })
    })
  }
}

function keepInside(box: HTMLElement, event: KeyboardEvent): void {
  const stops = [...box.querySelectorAll<HTMLElement>('button, input, [tabindex="0"]')]
  const [first] = stops
  const last = stops.at(-1)
  const at = document.activeElement
  if (event.shiftKey ? at === first || at === box : at === last) {
    event.preventDefault()
    ;(event.shiftKey ? last : first)?.focus()
  }
}
