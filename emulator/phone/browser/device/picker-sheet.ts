import { h } from '../base/dom.ts'
import type { Overlay } from './overlay.ts'

export interface PickerOptions {
  title: string
  /** Texts of each column for the current choice: the days depend on the month. */
  columns: (chosen: readonly number[]) => readonly (readonly string[])[]
  /** Index in each column. */
  chosen: readonly number[]
  onColumnChange?: (column: number, index: number) => void
}

/** The sheet of `<picker>`: columns to scroll, tap or move with the arrow keys. @returns undefined when cancelled */
export function showPickerSheet(
  overlay: Overlay,
  options: PickerOptions,
): Promise<readonly number[] | undefined> {
  const answer = overlay.prompt<readonly number[] | 'cancel'>(
    'sheet',
    options.title || '请选择',
    'cancel',
    (finish) => {
      let chosen = [...options.chosen]
      const row = h('div', { class: 'wheels' })
      const draw = () => {
        const columns = options.columns(chosen)
        chosen = columns.map((texts, column) =>
          Math.min(Math.max(chosen[column] ?? 0, 0), Math.max(texts.length - 1, 0)),
        )
        row.replaceChildren(...columns.map((texts, column) => drawColumn(texts, column)))
        for (const [column, element] of [...row.children].entries()) scrollTo(element, chosen[column] ?? 0)
      }
      const choose = (column: number, index: number) => {
        if (chosen[column] === index) return
        chosen[column] = index
        options.onColumnChange?.(column, index)
        const focused = [...row.children].indexOf(document.activeElement as Element)
        draw()
        if (focused >= 0) (row.children[focused] as HTMLElement).focus()
      }
      const drawColumn = (texts: readonly string[], column: number) => {
        const element = h('div', {
          class: 'wheel',
          role: 'listbox',
          tabindex: 0,
          'aria-label': `第 ${column + 1} 列`,
          scrollend: () => {
            // A column that a redraw has replaced may still fire this event.
            if (element.isConnected) choose(column, Math.round(element.scrollTop / ROW_HEIGHT))
          },
          keydown: (event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[(event as KeyboardEvent).key]
            if (step === undefined) return
            event.preventDefault()
            choose(column, Math.min(Math.max((chosen[column] ?? 0) + step, 0), texts.length - 1))
          },
        })
        element.append(
          ...texts.map((text, index) =>
            h(
              'div',
              {
                role: 'option',
                'aria-selected': index === chosen[column] ? 'true' : 'false',
                click: () => choose(column, index),
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
        h('b', {}, options.title),
        h('button', { type: 'button', class: 'confirm', click: () => finish([...chosen]) }, '确定'),
      )
      // A column can scroll once it is in the document.
      queueMicrotask(draw)
      return [head, row]
    },
  )
  return answer.then((result) => (result === 'cancel' ? undefined : result))
}

const ROW_HEIGHT = 48

function scrollTo(column: Element, index: number): void {
  column.scrollTop = index * ROW_HEIGHT
}
