import { builtIn, type Host } from '../app/host.ts'
import { turnWheels, type Wheels } from '../device/wheel-sheet.ts'
import { dateWheels, readDate, readTime, timeWheels } from './picker-dates.ts'

interface PickerData {
  name: string
  mode: string
  disabled: boolean
  headerText: string
  range: unknown
  rangeKey: string
  value: unknown
  start: string
  end: string
  fields: string
}

/** A way to pick: the wheels to turn, and what their places mean to the mini-program. */
interface Mode {
  wheels(data: Readonly<PickerData>): Pick<Wheels, 'columns' | 'chosen'>
  value(data: Readonly<PickerData>, chosen: readonly number[]): unknown
}

const numberOf = (value: unknown) => Math.max(0, Math.trunc(Number(value)) || 0)

const MODES: Readonly<Record<string, Mode>> = {
  selector: {
    wheels: ({ range, rangeKey, value }) => ({
      columns: () => [texts(range, rangeKey)],
      chosen: [numberOf(value)],
    }),
    // WeChat gives the place in the list as text.
    value: (_, [index = 0]) => String(index),
  },
  multiSelector: {
    wheels: ({ range, rangeKey, value }) => ({
      columns: () => listOf(range).map((column) => texts(column, rangeKey)),
      chosen: listOf(range).map((_, index) => numberOf(listOf(value)[index])),
    }),
    value: (_, chosen) => [...chosen],
  },
  time: {
    wheels: ({ value, start, end }) => timeWheels(String(value ?? ''), start, end),
    value: ({ start }, chosen) => readTime(chosen, start),
  },
  date: {
    wheels: ({ value, start, end, fields }) => dateWheels(String(value ?? ''), { start, end, fields }),
    value: ({ start, end, fields }, chosen) => readDate(chosen, { start, end, fields }),
  },
}

export const picker = builtIn<PickerData>({
  properties: {
    name: '',
    mode: 'selector',
    disabled: false,
    headerText: '',
    range: null,
    rangeKey: '',
    value: null,
    start: '',
    end: '',
    fields: 'day',
  },
  draw({ element }) {
    element.setAttribute('role', 'button')
    element.setAttribute('aria-haspopup', 'listbox')
  },
  update({ element, data }) {
    element.toggleAttribute('disabled', data.disabled)
    element.tabIndex = data.disabled ? -1 : 0
    element.setAttribute('aria-disabled', String(data.disabled))
  },
  tap(host) {
    if (!host.data.disabled) void pick(host)
  },
  formValue: ({ data }) => data.value ?? null,
  reset: (host) => host.set({ value: null }),
})

async function pick(host: Host<PickerData>): Promise<void> {
  const { data, services } = host
  const mode = MODES[data.mode]
  if (!mode) {
    console.error(`picker mode="${data.mode}" is not implemented by this phone`)
    return
  }
  const chosen = await turnWheels(services.device.overlay, {
    title: data.headerText,
    ...mode.wheels(data),
    // The page may bring other texts for the wheels that hang on this one.
    columns: (turned) => mode.wheels(host.data).columns(turned),
    onTurn: (column, value) => {
      if (data.mode === 'multiSelector') host.fire('columnchange', { column, value })
    },
  })
  if (!chosen) return host.fire('cancel', {})
  const value = mode.value(host.data, chosen)
  host.set({ value })
  host.fire('change', { value })
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function texts(range: unknown, key: string): string[] {
  return listOf(range).map((item) =>
    String(key === '' ? item : ((item as Record<string, unknown> | null)?.[key] ?? '')),
  )
}
