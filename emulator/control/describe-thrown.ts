import type { SourcePlace, ThrownError } from './invocation.ts'

/** An error as lines for a terminal: name and message, its places, and the code around the first. */
export function describeThrown({ name, message, places, excerpt }: ThrownError): string[] {
  const [first] = places
  const lines = [
    ...`${name}: ${message}`.split('\n'),
    ...places.map((place) => `    at ${describePlace(place)}`),
  ]
  if (!excerpt || !first) return lines
  const width = String(excerpt.firstLine + excerpt.lines.length - 1).length
  return [
    ...lines,
    '',
    ...excerpt.lines.flatMap((text, index) => {
      const number = excerpt.firstLine + index
      const isFirst = number === first.line
      const line = `${isFirst ? '>' : ' '} ${String(number).padStart(width)} | ${text}`.trimEnd()
      return isFirst
        ? [line, `${' '.repeat(width + 3)}| ${' '.repeat(Math.max(0, first.column - 1))}^`]
        : [line]
    }),
  ]
}

/** Such as `save (cloudfunctions/trips/save-trip.ts:31:9)`. */
export function describePlace({ file, line, column, functionName }: SourcePlace): string {
  const where = `${file}:${line}:${column}`
  return functionName === undefined ? where : `${functionName} (${where})`
}
