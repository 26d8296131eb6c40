import { readNumbers } from '../program/vlq.ts'

/**
 * The line in the source for a position in compiled code, by a source map of one source.
 * @param line in the compiled code, from 1
 * @param column in the compiled code, from 0
 * @returns the first line is 1; undefined if the map does not have the position
 */
export function positionInSource(map: string, line: number, column: number): number | undefined {
  const { mappings } = JSON.parse(map) as { mappings: string }
  let sourceLine = 0
  let found: number | undefined
  for (const [index, segments] of mappings.split(';', line).entries()) {
    let segmentColumn = 0
    for (const segment of segments.split(',')) {
      const [columnStep = 0, , lineStep] = readNumbers(segment)
      segmentColumn += columnStep
      if (lineStep === undefined) continue
      sourceLine += lineStep
      if (index === line - 1 && (segmentColumn <= column || found === undefined)) found = sourceLine + 1
    }
  }
  return found
}
