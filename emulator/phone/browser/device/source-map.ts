const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

interface SourceMap {
  sources: string[]
  mappings: string
}

/** A place in a source of the mini-program, from 1. */
type Place = { file: string; line: number }

let map: Promise<Place[]> | undefined

/**
 * A stack with places of the compiled script replaced by those of the sources, and without the phone's own code. As it
 * was where the map cannot be had.
 */
export async function locateInSources(stack: string): Promise<string> {
  map ??= fetch('/phone/script.js.map').then(async (response) => readLines(await response.json()))
  const lines = await map.catch((): Place[] => [])
  if (lines.length === 0) return stack
  return stack
    .replace(/\n[^\n]*\/phone\/phone\.js[^\n]*/g, '')
    .replace(/https?:[^\s()]*\/phone\/script\.js:(\d+)(:\d+)?/g, (place, line: string) => {
      const found = lines[Number(line) - 1]
      return found ? `${found.file}:${found.line}` : place
    })
}

/** Where each line of the script comes from: the source of its first part, or of the line before. */
function readLines({ sources, mappings }: SourceMap): Place[] {
  let [source, sourceLine] = [0, 0]
  let last: Place = { file: '', line: 0 }
  return mappings.split(';').map((line) => {
    let first: Place | undefined
    for (const segment of line.split(',')) {
      const [, sourceStep, lineStep] = readNumbers(segment)
      if (sourceStep === undefined || lineStep === undefined) continue
      source += sourceStep
      sourceLine += lineStep
      last = { file: sources[source] ?? '', line: sourceLine + 1 }
      first ??= last
    }
    return first ?? last
  })
}

/** Numbers in base 64, five bits a digit, the lowest bit of each being its sign. */
function readNumbers(segment: string): number[] {
  const numbers: number[] = []
  let [value, shift] = [0, 0]
  for (const character of segment) {
    const digit = DIGITS.indexOf(character)
    value += (digit & 31) << shift
    shift += 5
    if (digit & 32) continue
    numbers.push(value & 1 ? -(value >> 1) : value >> 1)
    ;[value, shift] = [0, 0]
  }
  return numbers
}
