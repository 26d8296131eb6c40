import { BenchCloud } from '../bench-cloud.ts'
import type { Measure } from '../measure.ts'

/** Long enough for a token to be due for renewal, and not so long that it has run out. */
const RENEWAL_DAYS = 20

const TO_REACH = {
  loginNew: '3',
  loginKnown: '3',
  loginSilent: '1',
  checkToken: '1',
  checkTokenRenewing: '2',
  tripsList: '2, or 1',
}

type Counts = Record<keyof typeof TO_REACH, number>

/** How many requests of a call have to wait for one another, from the cloud's own log. */
export const roundTripsMeasure: Measure = {
  keys: ['roundTrips'],
  async run() {
    const [ours, usual] = [await countOurs(), await countUsual()]
    const rows = (Object.keys(ours) as (keyof Counts)[]).map((name) => ({
      what: `sequential round trips of ${name}`,
      ours: String(ours[name]),
      against: usual[name] === undefined ? '' : String(usual[name]),
      result: ours[name],
      toReach: TO_REACH[name],
    }))
    return { values: { roundTrips: ours }, rows }
  },
}

async function countOurs(): Promise<Counts> {
  const bench = await BenchCloud.open('ours')
  const { kit } = bench
  const count = async (name: string, data: object) => kit.sequentialRoundTrips(() => bench.call(name, data))
  try {
    const loginNew = await count('login', bench.tap())
    const loginKnown = await count('login', bench.tap())
    const loginSilent = await count('login', {})
    const token = await bench.login()
    const checkToken = await count('checkToken', { token })
    const tripsList = await count('trips', { action: 'list', token })
    await kit.control.post('clock', { advanceSeconds: RENEWAL_DAYS * 24 * 60 * 60 })
    const checkTokenRenewing = await count('checkToken', { token })
    return { loginNew, loginKnown, loginSilent, checkToken, checkTokenRenewing, tripsList }
  } finally {
    await bench.close()
  }
}

async function countUsual(): Promise<Partial<Counts>> {
  const bench = await BenchCloud.open('usual')
  const count = async (name: string, data: object) =>
    bench.kit.sequentialRoundTrips(() => bench.call(name, data))
  try {
    const loginNew = await count('login', bench.tap())
    const loginKnown = await count('login', bench.tap())
    const checkToken = await count('checkToken', { token: await bench.login() })
    return { loginNew, loginKnown, checkToken }
  } finally {
    await bench.close()
  }
}
