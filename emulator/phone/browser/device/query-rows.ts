import { h } from '../base/dom.ts'

type Pair = readonly [name: string, value: string]

/** The query of a page as rows of name and value. */
export class QueryRows {
  readonly element: HTMLElement
  readonly #rows = h('div', { class: 'query-rows' })

  constructor(pairs: readonly Pair[]) {
    const add = () => {
      const row = drawRow(['', ''])
      this.#rows.append(row)
      row.querySelector('input')?.focus()
    }
    this.element = h(
      'div',
      { class: 'query', role: 'group', 'aria-label': '页面参数' },
      this.#rows,
      h('button', { type: 'button', click: add }, '＋ 参数'),
    )
    this.show(pairs)
  }

  show(pairs: readonly Pair[]): void {
    this.#rows.replaceChildren(...pairs.map(drawRow))
  }

  values(): Pair[] {
    return [...this.#rows.children].map((row) => {
      const [name, value] = row.querySelectorAll('input')
      return [name?.value ?? '', value?.value ?? '']
    })
  }
}

function drawRow([name, value]: Pair): HTMLElement {
  const row: HTMLElement = h(
    'div',
    {},
    h('input', { value: name, 'aria-label': '参数名', placeholder: 'id', autocomplete: 'off' }),
    '=',
    h('input', { value, 'aria-label': '参数值', autocomplete: 'off' }),
    h('button', { type: 'button', 'aria-label': '去掉这个参数', click: () => row.remove() }, '×'),
  )
  return row
}
