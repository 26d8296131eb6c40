import { BenchCloud } from '../bench-cloud.ts'
import { type Measure, round, show } from '../measure.ts'
import { interleave, spreadOf, timed } from '../sample.ts'

const ROUNDS = 15
const REQUESTS = 200
/** An instance answers one call at a time; the next ones wait at its door. */
const CALLERS = 4

/** Requests per second of one warm instance of `checkToken`. */
export const throughputMeasure: Measure = {
  keys: ['requestsPerSecond'],
  async run(progress) {
    const oneInstance = { maximumInstances: 1 }
    const benches = {
      ours: await BenchCloud.open('ours', oneInstance),
      usual: await BenchCloud.open('usual', oneInstance),
    }
    try {
      const tokens = { ours: await benches.ours.login(), usual: await benches.usual.login() }
      const rate = (variant: 'ours' | 'usual') => async () => {
        const milliseconds = await timed(() => drive(benches[variant], tokens[variant]))
        return (REQUESTS * 1000) / milliseconds
      }
      await rate('ours')()
      await rate('usual')()
      const samples = await interleave(ROUNDS, { ours: rate('ours'), usual: rate('usual') }, progress)
      const [ours, usual] = [spreadOf(samples.ours), spreadOf(samples.usual)]
      const row = { what: 'checkToken on one instance', result: ours.median / usual.median, toReach: '' }
      return {
        values: { requestsPerSecond: { ours: round(ours.median, 0), usual: round(usual.median, 0) } },
        rows: [{ ...row, ours: show(ours, '/s', 0), against: show(usual, '/s', 0) }],
      }
    } finally {
      await benches.ours.close()
      await benches.usual.close()
    }
  },
}

async function drive(bench: BenchCloud, token: string): Promise<void> {
  let left = REQUESTS
  const caller = async () => {
    while (left-- > 0) await bench.call('checkToken', { token })
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
}
