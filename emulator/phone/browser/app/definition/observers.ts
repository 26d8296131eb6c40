import { dataPath } from 'glass-easel'
import { methodByName } from './methods-by-name.ts'
import { type Definition, isRecord, type Note, recordOf } from './source.ts'

/** Data observers by their fields, such as `a, b`, `a.**` or `list[0]`. An observer may be the name of a method. */
export function normalizeObservers(source: unknown, note: Note): Definition {
  const observers: Definition = {}
  for (const [fields, observer] of entriesOf(source)) {
    const where = `observers['${fields}']`
    if (!isPath(fields)) note(`${where}：字段的写法不对`)
    else if (typeof observer === 'function') observers[fields] = observer
    else if (typeof observer === 'string') observers[fields] = methodByName(observer, where, note)
    else note(`${where} 不是函数`)
  }
  return observers
}

/** The older form is a list of `{ fields, observer }`. */
function entriesOf(source: unknown): [string, unknown][] {
  if (!Array.isArray(source)) return Object.entries(recordOf(source))
  return source.filter(isRecord).map(({ fields, observer }) => [String(fields ?? '**'), observer])
}

function isPath(fields: string): boolean {
  try {
    dataPath.parseMultiPaths(fields)
    return true
  } catch {
    return false
  }
}
