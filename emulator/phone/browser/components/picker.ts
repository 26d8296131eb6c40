import { type PickerOptions, showPickerSheet } from '../device/picker-sheet.ts'
import { builtIn, type Host } from './host.ts'
import { dateColumns, readDate, readTime, timeColumns } from './picker-dates.ts'
import { readRegions, regionColumns } from './picker-regions.ts'

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
  level: string
  customItem: string
}

/** A mode of the picker: its columns, and the value of a choice. */
interface Mode {
  columns(data: Readonly<PickerData>): Pick<PickerOptions, 'columns' | 'chosen'>
  value(data: Readonly<PickerData>, chosen: readonly number[]): unknown
}

const numberOf = (value: unknown) => Math.max(0, Math.trunc(Number(value)) || 0)

const MODES: Readonly<Record<string, Mode>> = {
  selector: {
    columns: ({ range, rangeKey, value }) => ({
      columns: () => [texts(range, rangeKey)],
      chosen: [numberOf(value)],
    }),
    // WeChat gives the index as a string.
    value: (_, [index = 0]) => String(index),
  },
  multiSelector: {
    columns: ({ range, rangeKey, value }) => ({
      columns: () => listOf(range).map((column) => texts(column, rangeKey)),
      chosen: listOf(range).map((_, index) => numberOf(listOf(value)[index])),
    }),
    value: (_, chosen) => [...chosen],
  },
  time: {
    columns: ({ value, start, end }) => timeColumns(String(value ?? ''), start, end),
    value: ({ start }, chosen) => readTime(chosen, start),
  },
  date: {
    columns: ({ value, start, end, fields }) => dateColumns(String(value ?? ''), { start, end, fields }),
    value: ({ start, end, fields }, chosen) => readDate(chosen, { start, end, fields }),
  },
  region: {
    columns: ({ value, level, customItem }) => regionColumns(value, { level, customItem }),
    value: (_, chosen) => [...chosen],
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
    level: 'region',
    customItem: '',
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
  if (data.mode === 'region') {
    services.device.errors.note(
      `提示 ${host.owner.path} <picker mode="region">：这台手机只有一部分城市，邮编是空的`,
    )
  }
  if (!mode) {
    console.error(`picker mode="${data.mode}" is not implemented by this phone`)
    return
  }
  const chosen = await showPickerSheet(services.device.overlay, {
    title: data.headerText,
    ...mode.columns(data),
    // The page may have changed the texts of the other columns.
    columns: (indexes) => mode.columns(host.data).columns(indexes),
    onColumnChange: (column, value) => {
      if (data.mode === 'multiSelector') host.fire('columnchange', { column, value })
    },
  })
  if (!chosen) return host.fire('cancel', {})
  const detail =
    data.mode === 'region' ? readRegions(chosen, host.data) : { value: mode.value(host.data, chosen) }
  host.set({ value: detail.value })
  host.fire('change', detail)
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function texts(range: unknown, key: string): string[] {
  return listOf(range).map((item) =>
    String(key === '' ? item : ((item as Record<string, unknown> | null)?.[key] ?? '')),
  )
}
