import { setTimeout as sleep } from 'node:timers/promises'
import { BenchCloud } from '../bench-cloud.ts'
import { type Measure, round } from '../measure.ts'

const DOCUMENTS = 100_000
const DOCUMENTS_A_PIECE = 200
const PAUSE_MILLISECONDS = 5

/** A file of JSON Lines into a collection with a unique index, while another client keeps asking. */
export const importMeasure: Measure = {
  keys: ['importPerSecond', 'importLongestWait'],
  async run(progress) {
    const bench = await BenchCloud.open('ours', { outlivesMachine: true })
    try {
      bench.kit.cloud.database.createIndex('trips', {
        name: 'n_1',
        keys: [{ field: 'n', direction: 1 }],
        unique: true,
      })
      progress(`${DOCUMENTS} documents`)
      let isOver = false
      const waits = askUntil(bench, () => isOver)
      const startedAt = performance.now()
      const response = await fetch(`${bench.kit.cloud.controlUrl}/collections/trips/import`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: ReadableStream.from(lines()),
        duplex: 'half',
      })
      if (!response.ok) throw new Error(await response.text())
      const documentsPerSecond = DOCUMENTS / ((performance.now() - startedAt) / 1000)
      isOver = true
      const longestWaitMilliseconds = Math.max(...(await waits))
      return {
        values: {
          importPerSecond: round(documentsPerSecond, 0),
          importLongestWait: round(longestWaitMilliseconds, 0),
        },
        rows: [
          {
            what: `import of ${DOCUMENTS} documents, documents a second`,
            ours: `${documentsPerSecond.toFixed(0)} /s`,
            against: '',
            result: documentsPerSecond,
            toReach: '≥ 1000',
          },
          {
            what: 'longest wait of another request meanwhile',
            ours: `${longestWaitMilliseconds.toFixed(0)} ms`,
            against: '',
            result: longestWaitMilliseconds,
            toReach: '≤ 300',
          },
        ],
      }
    } finally {
      await bench.close()
    }
  },
}

/** In the pieces in which a file is read: making the whole text at once would hold up this process itself. */
function* lines(): Generator<Uint8Array> {
  const document = (n: number) =>
    JSON.stringify({ _id: `trip-${n}`, n, userId: `user-${n % 1000}`, place: '杭州', note: 'x'.repeat(200) })
  for (let first = 0; first < DOCUMENTS; first += DOCUMENTS_A_PIECE) {
    const numbers = Array.from({ length: DOCUMENTS_A_PIECE }, (_, offset) => first + offset)
    yield Buffer.from(numbers.map((n) => `${document(n)}\n`).join(''))
  }
}

/** How long each of a client's requests took. */
async function askUntil(bench: BenchCloud, isOver: () => boolean): Promise<number[]> {
  const waits: number[] = []
  while (!isOver()) {
    const askedAt = performance.now()
    await bench.kit.control.get('collections/users/documents?limit=1')
    waits.push(performance.now() - askedAt)
    await sleep(PAUSE_MILLISECONDS)
  }
  return waits
}
