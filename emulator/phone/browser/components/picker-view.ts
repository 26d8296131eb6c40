import { translateLengths } from '../../program/rpx.ts'
import { h } from '../base/dom.ts'
import { instanceAround, instancesWithin } from './component-instance.ts'
import { builtIn, type Host } from './host.ts'

interface PickerViewData {
  value: unknown
  indicatorStyle: string
  indicatorClass: string
  maskStyle: string
  maskClass: string
  immediateChange: boolean
}

/** Of a row in pixels, unless the indicator has another height. */
const ROW_HEIGHT = 34

const heights = new WeakMap<HTMLElement, number>()
const rowHeightOf = (view: HTMLElement | null) => (view && heights.get(view)) ?? ROW_HEIGHT

export const pickerView = builtIn<PickerViewData>({
  properties: {
    value: null,
    indicatorStyle: '',
    indicatorClass: '',
    maskStyle: '',
    maskClass: '',
    immediateChange: false,
  },
  draw({ element }) {
    element.append(
      h('div', { class: 'wx-picker-mask', 'aria-hidden': 'true' }),
      h('div', { class: 'wx-picker-indicator', 'aria-hidden': 'true' }),
    )
  },
  update(host) {
    drawIndicator(host)
    // The columns are added after the view.
    queueMicrotask(() => scrollColumns(host))
  },
})

export const pickerViewColumn = builtIn({
  properties: {},
  draw({ element }) {
    element.setAttribute('role', 'listbox')
    element.tabIndex = 0
    element.addEventListener('scrollend', () => handleColumnScroll(element))
    element.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step === undefined) return
      event.preventDefault()
      element.scrollBy({ top: step * rowHeightOf(element.closest('wx-picker-view')) })
    })
  },
})

/** The indicator lies over the chosen row; its height is that of all rows. */
function drawIndicator({ element, data, className, style }: Host<PickerViewData>): void {
  const named = (name: string, css: string, names: string) => {
    const part = element.querySelector<HTMLElement>(`:scope > .${name}`)
    part?.setAttribute('style', translateLengths(css))
    part?.setAttribute('class', `${name} ${className(names)}`)
    return part
  }
  named('wx-picker-mask', data.maskStyle, data.maskClass)
  const indicator = named('wx-picker-indicator', data.indicatorStyle, data.indicatorClass)
  const height = indicator?.offsetHeight || ROW_HEIGHT
  heights.set(element, height)
  style(`--row: ${height}px`)
}

const columnsOf = (host: Host<PickerViewData>) => instancesWithin(host.element, 'wx-picker-view-column')

function scrollColumns(host: Host<PickerViewData>): void {
  const { value } = host.data
  for (const [index, column] of columnsOf(host).entries()) {
    if (Array.isArray(value)) column.element.scrollTop = Number(value[index] ?? 0) * rowHeightOf(host.element)
  }
}

function handleColumnScroll(column: HTMLElement): void {
  const view = instanceAround(column, 'wx-picker-view') as Host<PickerViewData> | undefined
  if (!view) return
  const value = columnsOf(view).map(({ element }) =>
    Math.round(element.scrollTop / rowHeightOf(view.element)),
  )
  if (JSON.stringify(value) === JSON.stringify(view.data.value)) return
  view.set({ value })
  view.fire('change', { value })
}
