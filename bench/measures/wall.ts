import { type Measure, type Row, round, show } from '../measure.ts'
import { interleave, type Samples, spreadOf, timed } from '../sample.ts'
import { inTurns, PEOPLE, Stage } from '../stage.ts'

const ROUNDS = 25
const WARM_UP_ROUNDS = 40
const LATENCY_MILLISECONDS = 20
/**
 * How much longer a warm call takes than its round trips alone, at 20 ms each; and how much longer its requests take
 * when the SDK sends them for a function that does nothing else.
 */
export const wallMeasure: Measure = {
  key: 'wallOverFloor',
  async run(progress) {
    const ours = await Stage.open('ours')
    const requests = await Stage.open('requests')
    try {
      const [calls, bareCalls] = [await prepare(ours), await prepareRequests(requests, ours)]
      const trips = {
        login: await ours.kit.sequentialRoundTrips(calls.login),
        checkToken: await ours.kit.sequentialRoundTrips(calls.checkToken),
      }
      // One after the other, so that no call finds the processor busy with another function's processes just before.
      const samples = await warmCalls(ours, calls, progress)
      const bare = await warmCalls(requests, bareCalls, (line) => progress(`requests alone, ${line}`))
      const rows = [
        rowOf('login, known', samples.login, trips.login, '≤ 1.15'),
        rowOf('checkToken', samples.checkToken, trips.checkToken, '≤ 1.15'),
        rowOf('the requests of login alone', bare.login, trips.login),
        rowOf('the request of checkToken alone', bare.checkToken, trips.checkToken),
      ]
      const [login, checkToken] = rows.map(({ result }) => round(result))
      return { value: { login, checkToken }, rows }
    } finally {
      await Promise.all([ours.close(), requests.close()])
    }
  },
}

/** Calls that each give the milliseconds they took. */
interface Calls {
  login(): Promise<number>
  checkToken(): Promise<number>
}

async function warmCalls(
  { kit }: Stage,
  { login, checkToken }: Calls,
  progress: (line: string) => void,
): Promise<Record<keyof Calls, Samples>> {
  await interleave(WARM_UP_ROUNDS, { login, checkToken }, (line) => progress(`warming up, ${line}`))
  await kit.control.post('latency', { milliseconds: LATENCY_MILLISECONDS })
  return interleave(ROUNDS, { login, checkToken }, progress)
}

async function prepare(stage: Stage): Promise<Calls> {
  const token = await stage.login()
  for (const person of PEOPLE) await stage.login(person)
  return {
    login: timedLogins(stage),
    checkToken: () => timed(() => stage.call('checkToken', { token })),
  }
}

/** The same documents, under the names that the bare functions look for. */
async function prepareRequests(stage: Stage, ours: Stage): Promise<Calls> {
  for (const document of ours.kit.cloud.database.documents('users')) {
    stage.kit.cloud.database.putDocument('users', { ...document, _id: document['openid'] })
  }
  return {
    login: timedLogins(stage),
    checkToken: () => timed(() => stage.call('checkToken', {})),
  }
}

function timedLogins(stage: Stage): () => Promise<number> {
  const next = inTurns()
  return () => {
    const person = next()
    const request = stage.tap(person)
    return timed(() => stage.call('login', request, person))
  }
}

function rowOf(name: string, samples: Samples, roundTrips: number, toReach = ''): Row {
  const floor = roundTrips * LATENCY_MILLISECONDS
  const spread = spreadOf(samples)
  return {
    what: `wall time of ${name} at ${LATENCY_MILLISECONDS} ms a round trip / floor`,
    ours: show(spread, 'ms'),
    against: `${floor} ms`,
    result: spread.median / floor,
    toReach,
  }
}
