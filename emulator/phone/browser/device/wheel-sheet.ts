import { h } from '../dom.ts'
import type { Overlay } from './overlay.ts'

export interface Wheels {
  title: string
  /** Texts of each wheel, for what is chosen on all of them: days depend on the month. */
  columns: (chosen: readonly number[]) => readonly (readonly string[])[]
  chosen: readonly number[]
  /** A wheel has been turned. */
  onTurn?: (column: number, index: number) => void
}

/** The picker's sheet: wheels to turn by scrolling, tapping or the arrow keys. @returns undefined when cancelled */
export function turnWheels(overlay: Overlay, wheels: Wheels): Promise<readonly number[] | undefined> {
  const answer = overlay.ask<readonly number[] | 'cancel'>(
    'sheet',
    wheels.title || '请选择',
    'cancel',
    (finish) => {
      let chosen = [...wheels.chosen]
      const row = h('div', { class: 'wheels' })
      const draw = () => {
        const columns = wheels.columns(chosen)
        chosen = columns.map((texts, column) =>
          Math.min(Math.max(chosen[column] ?? 0, 0), Math.max(texts.length - 1, 0)),
        )
        row.replaceChildren(...columns.map((texts, column) => wheel(texts, column)))
        for (const [column, element] of [...row.children].entries()) scrollTo(element, chosen[column] ?? 0)
      }
      const turn = (column: number, index: number) => {
        if (chosen[column] === index) return
        chosen[column] = index
        wheels.onTurn?.(column, index)
        const focused = [...row.children].indexOf(document.activeElement as Element)
        draw()
        if (focused >= 0) (row.children[focused] as HTMLElement).focus()
      }
      const wheel = (texts: readonly string[], column: number) => {
        const element = h('div', {
          class: 'wheel',
          role: 'listbox',
          tabindex: 0,
          'aria-label': `第 ${column + 1} 列`,
          scrollend: () => {
            // A wheel that was drawn anew has lost its place, and says so once more.
            if (element.isConnected) turn(column, Math.round(element.scrollTop / ROW_HEIGHT))
          },
          keydown: (event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[(event as KeyboardEvent).key]
            if (step === undefined) return
            event.preventDefault()
            turn(column, Math.min(Math.max((chosen[column] ?? 0) + step, 0), texts.length - 1))
          },
        })
        element.append(
          ...texts.map((text, index) =>
            h(
              'div',
              {
                role: 'option',
                'aria-selected': index === chosen[column] ? 'true' : 'false',
                click: () => turn(column, index),
              },
              text,
            ),
          ),
        )
        return element
      }
      const head = h(
        'div',
        { class: 'wheels-head' },
        h('button', { type: 'button', click: () => finish('cancel') }, '取消'),
        h('b', {}, wheels.title),
        h('button', { type: 'button', class: 'confirm', click: () => finish([...chosen]) }, '确定'),
      )
      // The wheels have a height, and can stand where they should, once they are on the screen.
      queueMicrotask(draw)
      return [head, row]
    },
  )
  return answer.then((result) => (result === 'cancel' ? undefined : result))
}

const ROW_HEIGHT = 48

function scrollTo(wheel: Element, index: number): void {
  wheel.scrollTop = index * ROW_HEIGHT
}
