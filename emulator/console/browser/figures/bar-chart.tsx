import { useEffect, useState } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useWidth } from '../frame/use-width'
import { barOptions } from './bar-options'
import { onColorsChange } from './chart-colors'

export interface BarSeries {
  name: string
  /** One for each label. */
  values: readonly number[]
  /** Such as `--chart-1`. */
  color: string
}

interface BarChartProps {
  /** What the bars show, for screen readers; the numbers are in a table beside the chart. */
  title: string
  /** Under the bars, such as `11-28`. */
  labels: readonly string[]
  /** Stacked upon one another, the first below. */
  series: readonly BarSeries[]
}

/** Bars over days, drawn by uPlot in the colours of the page. */
export function BarChart({ title, labels, series }: BarChartProps) {
  const [box, width] = useWidth<HTMLDivElement>()
  const [colors, setColors] = useState(0)
  useEffect(() => onColorsChange(() => setColors((count) => count + 1)), [])
  const data = stack(labels.length, series)
  const content = JSON.stringify([labels, series])
  // `content` stands for the data, which is new at each call, and `colors` for the colours of the page.
  useEffect(() => {
    const element = box.current
    if (!element || width === 0) return
    const chart = new uPlot(barOptions({ element, width, labels, series, data }), data, element)
    return () => chart.destroy()
  }, [width, content, colors])
  return <div class="chart" ref={box} role="img" aria-label={title} />
}

/** Each series upon those before it; the highest comes first, because it is drawn first. */
function stack(count: number, series: readonly BarSeries[]): uPlot.AlignedData {
  const sums = Array.from({ length: count }, () => 0)
  const stacked = series.map(({ values }) =>
    values.map((value, index) => {
      sums[index] = (sums[index] ?? 0) + value
      return sums[index]
    }),
  )
  return [sums.map((_, index) => index), ...stacked.reverse()]
}
