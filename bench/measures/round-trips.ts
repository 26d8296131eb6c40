import type { Measure } from '../measure.ts'
import { Stage } from '../stage.ts'

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
  key: 'roundTrips',
  async run() {
    const [ours, usual] = [await countOurs(), await countUsual()]
    const rows = (Object.keys(ours) as (keyof Counts)[]).map((name) => ({
      what: `sequential round trips of ${name}`,
      ours: String(ours[name]),
      against: usual[name] === undefined ? '' : String(usual[name]),
      result: ours[name],
      toReach: TO_REACH[name],
    }))
    return { value: ours, rows }
  },
}

async function countOurs(): Promise<Counts> {
  const stage = await Stage.open('ours')
  const { kit } = stage
  const count = async (name: string, data: object) => kit.sequentialRoundTrips(() => stage.call(name, data))
  try {
    const loginNew = await count('login', stage.tap())
    const loginKnown = await count('login', stage.tap())
    const loginSilent = await count('login', {})
    const token = await stage.login()
    const checkToken = await count('checkToken', { token })
    const tripsList = await count('trips', { action: 'list', token })
    await kit.control.post('clock', { advanceSeconds: RENEWAL_DAYS * 24 * 60 * 60 })
    const checkTokenRenewing = await count('checkToken', { token })
    return { loginNew, loginKnown, loginSilent, checkToken, checkTokenRenewing, tripsList }
  } finally {
    await stage.close()
  }
}

async function countUsual(): Promise<Partial<Counts>> {
  const stage = await Stage.open('usual')
  const count = async (name: string, data: object) =>
    stage.kit.sequentialRoundTrips(() => stage.call(name, data))
  try {
    const loginNew = await count('login', stage.tap())
    const loginKnown = await count('login', stage.tap())
    const checkToken = await count('checkToken', { token: await stage.login() })
    return { loginNew, loginKnown, checkToken }
  } finally {
    await stage.close()
  }
}
