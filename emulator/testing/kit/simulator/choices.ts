import { type Choice, noChoice, noOption, type Target } from '../phone.ts'
import { around, type SeenElement } from './element-search.ts'
import { type Element, fire } from './page-simulator.ts'
import type { SimulatedDevice } from './simulated-device.ts'

interface Choosing {
  device: SimulatedDevice
  target: Target
  value: Choice
}

/** @throws KitError for an element that has nothing to choose, and for an option that it does not have */
export function chooseAt(element: SeenElement, { device, target, value }: Choosing): void {
  const page: Element = device.page.element
  const slider = around(element, 'WX-SLIDER', page)
  const picker = around(element, 'WX-PICKER', page)
  if (slider) slide(slider, Number(value))
  else if (picker) pick(device, picker, value)
  else throw noChoice(target)
}

function slide(slider: SeenElement, value: number): void {
  set(slider, { value })
  fire(slider, 'changing', { value })
  fire(slider, 'change', { value })
}

/** What a picker's `change` says, by its mode. */
const MODES: Readonly<Record<string, (picker: SeenElement, value: Choice) => unknown>> = {
  selector: ({ instance: { data } }, value) =>
    String(indexIn(textsOf(data['range'], data['rangeKey']), value)),
  multiSelector: pickColumns,
  date: (_, value) => String(value),
  time: (_, value) => String(value),
}

function pick(device: SimulatedDevice, picker: SeenElement, value: Choice): void {
  const mode = String(picker.instance.data['mode'] || 'selector')
  const chosen = (MODES[mode] ?? (() => device.reportMissing(`<picker mode="${mode}">`)))(picker, value)
  set(picker, { value: chosen })
  fire(picker, 'change', { value: chosen })
}

/** One column after the other: the page may change the texts of the next. */
function pickColumns(picker: SeenElement, value: Choice): number[] {
  const wanted = typeof value === 'object' ? value : [value]
  return wanted.map((text, column) => {
    const { range, rangeKey, value: before } = picker.instance.data
    const index = indexIn(textsOf(listOf(range)[column], rangeKey), text)
    if (Number(listOf(before)[column] ?? 0) !== index) fire(picker, 'columnchange', { column, value: index })
    return index
  })
}

function set({ instance }: SeenElement, data: object): void {
  ;(instance as unknown as { setData(changes: object): void }).setData(data)
}

function indexIn(options: readonly string[], text: unknown): number {
  const index = options.indexOf(String(text))
  if (index < 0) throw noOption(text, options)
  return index
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function textsOf(range: unknown, key: unknown): string[] {
  return listOf(range).map((item) =>
    String(key ? ((item as Record<string, unknown> | null)?.[String(key)] ?? '') : item),
  )
}
