import { type Measure, type Row, round, show } from '../measure.ts'
import { interleave, type Samples, spreadOf, timed } from '../sample.ts'
import { OTHER, Stage } from '../stage.ts'

const ROUNDS = 25
const LATENCY_MILLISECONDS = 20

/** How much longer a warm call takes than its round trips alone, at 20 ms each. */
export const wallMeasure: Measure = {
  key: 'wallOverFloor',
  async run(progress) {
    const stage = await Stage.open('ours')
    try {
      const token = await stage.login()
      await stage.login(OTHER)
      const trips = {
        login: await stage.kit.sequentialRoundTrips(async () => stage.call('login', stage.tap(OTHER), OTHER)),
        checkToken: await stage.kit.sequentialRoundTrips(() => stage.call('checkToken', { token })),
      }
      await stage.kit.control.post('latency', { milliseconds: LATENCY_MILLISECONDS })
      const samples = await interleave(
        ROUNDS,
        {
          login: async () => {
            const request = stage.tap(OTHER)
            return timed(() => stage.call('login', request, OTHER))
          },
          checkToken: () => timed(() => stage.call('checkToken', { token })),
        },
        progress,
      )
      const rows = [
        rowOf('login, known', samples.login, trips.login),
        rowOf('checkToken', samples.checkToken, trips.checkToken),
      ]
      const [login, checkToken] = rows.map(({ result }) => round(result))
      return { value: { login, checkToken }, rows }
    } finally {
      await stage.close()
    }
  },
}

function rowOf(name: string, samples: Samples, roundTrips: number): Row {
  const floor = roundTrips * LATENCY_MILLISECONDS
  const spread = spreadOf(samples)
  return {
    what: `wall time of ${name} at ${LATENCY_MILLISECONDS} ms a round trip / floor`,
    ours: show(spread, 'ms'),
    against: `${floor} ms`,
    result: spread.median / floor,
    toReach: '≤ 1.15',
  }
}
