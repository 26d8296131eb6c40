import { builtIn, type Host } from '../app/host.ts'
import { mountedAround, mountedWithin } from '../app/mounted.ts'

interface PickerViewData {
  value: unknown
  indicatorStyle: string
  indicatorClass: string
  maskStyle: string
  maskClass: string
  immediateChange: boolean
}

const ROW_HEIGHT = 34

export const pickerView = builtIn<PickerViewData>({
  properties: {
    value: null,
    indicatorStyle: '',
    indicatorClass: '',
    maskStyle: '',
    maskClass: '',
    immediateChange: false,
  },
  update(host) {
    // Columns come after the view around them.
    queueMicrotask(() => place(host))
  },
})

export const pickerViewColumn = builtIn({
  properties: {},
  draw({ element }) {
    element.setAttribute('role', 'listbox')
    element.tabIndex = 0
    element.addEventListener('scrollend', () => turned(element))
    element.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step === undefined) return
      event.preventDefault()
      element.scrollBy({ top: step * ROW_HEIGHT })
    })
  },
})

const columnsOf = (host: Host<PickerViewData>) => mountedWithin(host.element, 'wx-picker-view-column')

function place(host: Host<PickerViewData>): void {
  const { value } = host.data
  for (const [index, column] of columnsOf(host).entries()) {
    if (Array.isArray(value)) column.element.scrollTop = Number(value[index] ?? 0) * ROW_HEIGHT
  }
}

function turned(column: HTMLElement): void {
  const view = mountedAround(column, 'wx-picker-view') as Host<PickerViewData> | undefined
  if (!view) return
  const value = columnsOf(view).map(({ element }) => Math.round(element.scrollTop / ROW_HEIGHT))
  if (JSON.stringify(value) === JSON.stringify(view.data.value)) return
  view.set({ value })
  view.fire('change', { value })
}
