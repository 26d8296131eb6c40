import uPlot from 'uplot'
import { colorOf } from './chart-colors'

const HEIGHT = 190
const WIDEST_BAR = 36

interface BarOptions {
  element: Element
  width: number
  labels: readonly string[]
  /** The lowest bar first. */
  series: readonly { name: string; color: string }[]
  /** Stacked, the highest bar first. */
  data: uPlot.AlignedData
}

/** Whole numbers only: nobody logs in half a time. */
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]

export function barOptions({ element, width, labels, series, data }: BarOptions): uPlot.Options {
  const [text, line] = [colorOf(element, '--faint'), colorOf(element, '--line')]
  const axis = { stroke: text, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } }
  const highest = Math.max(1, ...(data[1] ?? []).map(Number))
  return {
    width,
    height: HEIGHT,
    scales: { x: { time: false, range: [-0.6, labels.length - 0.4] }, y: { range: [0, highest * 1.1] } },
    axes: [
      {
        ...axis,
        size: 34,
        grid: { show: false },
        splits: () =>
          labels.map((_, index) => index).filter((index) => index % stepOf(labels.length, width) === 0),
        values: (_, splits) => splits.map((index) => labels[index] ?? ''),
      },
      { ...axis, incrs: WHOLE_STEPS, size: 44 },
    ],
    series: [
      { label: '日期', value: (_self, index) => (index === null ? '合计' : (labels[index] ?? '')) },
      ...series
        .map(({ name, color: token }): uPlot.Series => {
          const color = colorOf(element, token)
          return {
            label: name,
            stroke: color,
            fill: color,
            width: 0,
            points: { show: false },
            value: (_self, _raw, position, day) =>
              String(day === null ? ownTotal(data, position) : ownValue(data, position, day)),
            ...(uPlot.paths.bars ? { paths: uPlot.paths.bars({ size: [0.7, WIDEST_BAR] }) } : {}),
          }
        })
        .reverse(),
    ],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
  }
}

/** A stacked bar without those below it. */
function ownValue(data: uPlot.AlignedData, series: number, day: number): number {
  return Number(data[series]?.[day] ?? 0) - Number(data[series + 1]?.[day] ?? 0)
}

/** Of all days, while the pointer is on none. */
function ownTotal(data: uPlot.AlignedData, series: number): number {
  let total = 0
  for (let day = 0; day < data[0].length; day++) total += ownValue(data, series, day)
  return total
}

/** Every how many days there is room for a label. */
const stepOf = (count: number, width: number) => Math.max(1, Math.ceil((count * 52) / width))
