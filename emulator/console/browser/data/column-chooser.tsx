import type { FieldInfo } from '../../../control/documents.ts'

interface ColumnChooserProps {
  fields: readonly FieldInfo[]
  columns: readonly string[]
  /** Absent: as they are at first. */
  onColumns: (columns: string[] | undefined) => void
}

/** Chooses the columns of the table among the fields that documents have. */
export function ColumnChooser({ fields, columns, onColumns }: ColumnChooserProps) {
  const toggle = (path: string, isShown: boolean) =>
    onColumns(isShown ? [...columns, path] : columns.filter((column) => column !== path))
  // A column stays in the list when no document of the sample has its field any more.
  const known = new Set(fields.map(({ path }) => path))
  const gone = columns.filter((path) => !known.has(path)).map((path) => ({ path, types: [] as string[] }))
  return (
    <details class="column-chooser">
      <summary>列 {columns.length}</summary>
      <div>
        {[...fields, ...gone].map(({ path, types }) => (
          <label key={path}>
            <input
              type="checkbox"
              checked={columns.includes(path)}
              onChange={(event) => toggle(path, event.currentTarget.checked)}
            />
            {path} <span class="faint">{types.join(' / ')}</span>
          </label>
        ))}
        <button type="button" onClick={() => onColumns(undefined)}>
          还原
        </button>
      </div>
    </details>
  )
}
