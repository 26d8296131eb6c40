import './json-tree.css'

interface JsonTreeProps {
  value: unknown
  /** Name in the object around it, or place in the array. */
  name?: string | undefined
  /** How many levels are open at first. */
  openLevels?: number
}

/** JSON as a tree that opens and closes by pointer and keyboard. */
export function JsonTree(props: JsonTreeProps) {
  return (
    <div class="json-tree">
      <Node {...props} />
    </div>
  )
}

function Node({ value, name, openLevels = 4 }: JsonTreeProps) {
  const label = name === undefined ? '' : `${name}: `
  if (typeof value !== 'object' || value === null) {
    return (
      <div class="leaf">
        {label && <span class="name">{label}</span>}
        <span class={`value ${value === null ? 'null' : typeof value}`}>{JSON.stringify(value) ?? '—'}</span>
      </div>
    )
  }
  const isArray = Array.isArray(value)
  const entries = Object.entries(value)
  const summary = isArray ? `[${entries.length}]` : `{${entries.length}}`
  if (entries.length === 0) {
    return (
      <div class="leaf">
        {label && <span class="name">{label}</span>}
        <span class="value">{isArray ? '[]' : '{}'}</span>
      </div>
    )
  }
  return (
    <details open={openLevels > 0}>
      <summary>
        {label && <span class="name">{label}</span>}
        <span class="faint">{summary}</span>
      </summary>
      <div class="children">
        {entries.map(([key, inner]) => (
          <Node
            key={key}
            name={isArray ? key : JSON.stringify(key)}
            value={inner}
            openLevels={openLevels - 1}
          />
        ))}
      </div>
    </details>
  )
}
