import { REGIONS, type Region } from './regions.ts'

/** Columns of each `level`. */
const DEPTHS: Readonly<Record<string, number>> = { province: 1, city: 2, region: 3, 'sub-district': 3 }

interface RegionRange {
  level: string
  /** A first row in every column, such as `全部`; empty for none. */
  customItem: string
}

/** The columns of a region picker: each depends on what is chosen before it. */
export function regionColumns(value: unknown, range: RegionRange) {
  const names = Array.isArray(value) ? value.map(String) : []
  const chosen: number[] = []
  for (let depth = 0; depth < depthOf(range); depth++) {
    const rows = rowsOf(chosen, range)
    chosen.push(
      Math.max(
        rows.findIndex(({ name, code }) => name === names[depth] || code === names[depth]),
        0,
      ),
    )
  }
  const columns = (indexes: readonly number[]) =>
    Array.from({ length: depthOf(range) }, (_, depth) =>
      rowsOf(indexes.slice(0, depth), range).map(({ name }) => name),
    )
  return { chosen, columns }
}

/** What `change` gives for a choice. */
export function readRegions(chosen: readonly number[], range: RegionRange) {
  const regions = chosen.map((index, depth) => rowsOf(chosen.slice(0, depth), range)[index])
  const value = regions.map((region) => region?.name ?? '')
  const code = regions.flatMap((region) => (region && region.code !== '' ? [region.code] : []))
  return { value, code, postcode: undefined }
}

const depthOf = ({ level }: RegionRange) => DEPTHS[level] ?? 3

/** Rows of the column that follows the choices. */
function rowsOf(chosen: readonly number[], { customItem }: RegionRange): Region[] {
  const custom: Region[] = customItem === '' ? [] : [{ name: customItem, code: '', inside: [] }]
  let regions: readonly Region[] = REGIONS
  for (const index of chosen) regions = [...custom, ...regions][index]?.inside ?? []
  return [...custom, ...regions]
}
