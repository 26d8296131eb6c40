import { BenchCloud, inTurns, USERS } from '../bench-cloud.ts'
import { type Measure, type Row, round, show } from '../measure.ts'
import { interleave, type Samples, spreadOf, timed } from '../sample.ts'

/** Calls of one side in a row, so that hardly any finds the processor busy with the other side's processes. */
const ROUNDS_IN_A_ROW = 10
const TURNS = 5
const WARM_UP_ROUNDS = 40
const LATENCY_MILLISECONDS = 20

/** How much longer a warm call takes than a function that sends the same requests by the SDK and does nothing else. */
export const wallTimeMeasure: Measure = {
  keys: ['wallOverRequests'],
  async run(progress) {
    const ours = await BenchCloud.open('ours')
    const requests = await BenchCloud.open('requests')
    try {
      const calls = { ours: await prepare(ours), requests: await prepareRequests(requests, ours) }
      for (const name of NAMES) {
        const [sent, alone] = [
          await requestsOf(ours, calls.ours[name]),
          await requestsOf(requests, calls.requests[name]),
        ]
        if (sent !== alone)
          throw new Error(`bench/baselines/requests/${name}: sends ${alone}, and ours ${sent}`)
      }
      await warmUp(ours, calls.ours, progress)
      await warmUp(requests, calls.requests, progress)
      const samples = { ours: noSamples(), requests: noSamples() }
      for (let turn = 1; turn <= TURNS; turn++) {
        for (const side of ['ours', 'requests'] as const) {
          const more = await interleave(ROUNDS_IN_A_ROW, calls[side], (line) =>
            progress(`${side} ${turn}, ${line}`),
          )
          for (const name of NAMES) samples[side][name].push(...more[name])
        }
      }
      const rows = NAMES.map((name) => rowOf(name, samples.ours[name], samples.requests[name]))
      const [login, checkToken] = rows.map(({ result }) => round(result))
      return { values: { wallOverRequests: { login, checkToken } }, rows }
    } finally {
      await Promise.all([ours.close(), requests.close()])
    }
  },
}

const NAMES = ['login', 'checkToken'] as const

/** Calls that each give the milliseconds they took. */
type Calls = Record<(typeof NAMES)[number], () => Promise<number>>

const noSamples = (): Record<keyof Calls, number[]> => ({ login: [], checkToken: [] })

async function warmUp({ kit }: BenchCloud, calls: Calls, progress: (line: string) => void): Promise<void> {
  await interleave(WARM_UP_ROUNDS, calls, (line) => progress(`warming up, ${line}`))
  await kit.control.post('latency', { milliseconds: LATENCY_MILLISECONDS })
}

/** What a call asks the cloud for, in no order. */
async function requestsOf({ kit }: BenchCloud, run: () => Promise<unknown>): Promise<string> {
  await run()
  const { roundTrips } = await kit.lastCall()
  return roundTrips
    .map(({ action, target }) => `${action} ${target}`)
    .sort()
    .join(', ')
}

async function prepare(bench: BenchCloud): Promise<Calls> {
  const token = await bench.login()
  for (const openid of USERS) await bench.login(openid)
  return {
    login: timedLogins(bench),
    checkToken: () => timed(() => bench.call('checkToken', { token })),
  }
}

/** The same documents, under the names that the bare functions look for. */
async function prepareRequests(bench: BenchCloud, ours: BenchCloud): Promise<Calls> {
  for (const document of ours.kit.cloud.database.documents('users')) {
    bench.kit.cloud.database.putDocument('users', { ...document, _id: document['openid'] })
  }
  return {
    login: timedLogins(bench),
    checkToken: () => timed(() => bench.call('checkToken', {})),
  }
}

function timedLogins(bench: BenchCloud): () => Promise<number> {
  const next = inTurns()
  return () => {
    const openid = next()
    const request = bench.tap(openid)
    return timed(() => bench.call('login', request, openid))
  }
}

function rowOf(name: string, samples: Samples, requests: Samples): Row {
  const [ours, alone] = [spreadOf(samples), spreadOf(requests)]
  return {
    what: `warm ${name}, ${LATENCY_MILLISECONDS} ms a round trip / its requests alone`,
    ours: show(ours, 'ms'),
    against: show(alone, 'ms'),
    result: ours.median / alone.median,
    toReach: '≤ 1.05',
  }
}
