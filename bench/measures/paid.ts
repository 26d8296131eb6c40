import { removeCompiled } from '../../test/miniprogram/phone/compiled.ts'
import { Phone } from '../../test/miniprogram/phone/phone.ts'
import { UsualApp } from '../baselines/client.ts'
import { BenchCloud, OPENID, tap } from '../bench-cloud.ts'
import type { Measure } from '../measure.ts'

const DAYS = 365
/** A month. */
const DAYS_BETWEEN_LOGOUTS = 30
const DEVICES = 2
const DAY_SECONDS = 24 * 60 * 60

/** What the user does on one device, whatever the app behind it. */
interface Device {
  open(): Promise<void>
  logOut(): Promise<void>
  /** The user's clock and the cloud's move together. */
  passDay(): void
}

/**
 * A year of one user who opens the app every day on two devices and logs out of both every month: how many phone
 * authorizations are paid for. Our side is the real mini-program in WeChat's page simulator, tapping what is on the
 * screen; on both sides the real functions answer.
 */
export const paidMeasure: Measure = {
  keys: ['paidAuthorizationsPerYear'],
  async run(progress) {
    const usual = await live('usual', usualDevice, progress)
    const ours = await live('ours', realDevice, progress)
    removeCompiled()
    const row = {
      what: 'paid phone authorizations of one user in a year',
      ours: String(ours),
      against: String(usual),
      result: ours / usual,
      toReach: '1 to at least 12',
    }
    return { values: { paidAuthorizationsPerYear: { ours, usual } }, rows: [row] }
  },
}

async function live(
  way: 'ours' | 'usual',
  makeDevice: (bench: BenchCloud) => Device,
  progress: (line: string) => void,
): Promise<number> {
  const bench = await BenchCloud.open(way)
  const { callLog, clock } = bench.kit.cloud
  let paid = 0
  try {
    const devices = Array.from({ length: DEVICES }, () => makeDevice(bench))
    for (let day = 1; day <= DAYS; day++) {
      progress(`${way}: day ${day} of ${DAYS}, ${paid} paid`)
      for (const device of devices) {
        await device.open()
        if (day % DAYS_BETWEEN_LOGOUTS === 0) await device.logOut()
        device.passDay()
      }
      paid += callLog
        .list()
        .flatMap(({ roundTrips }) => roundTrips)
        .filter(isPaid).length
      callLog.clear()
      clock.advance(DAY_SECONDS)
    }
    return paid
  } finally {
    await bench.close()
  }
}

function isPaid({ target, code }: { target: string; code?: string }): boolean {
  return target === 'phonenumber.getPhoneNumber' && code === undefined
}

function usualDevice({ kit }: BenchCloud): Device {
  const app = new UsualApp({
    tapPhoneButton: async () => (tap(kit.cloud, 'usual') as { code: string }).code,
    callFunction: async (name, data) => {
      const { result } = await kit.invoke(name, OPENID, data)
      return result as { code: number; data?: { token?: string } }
    },
  })
  return { open: () => app.open(), logOut: async () => app.logout(), passDay: () => {} }
}

/** The user wants to be logged in, and takes the way the screen offers. */
function realDevice({ kit }: BenchCloud): Device {
  const phone = Phone.of(kit, OPENID)
  return {
    async open() {
      await phone.launch()
      if (phone.find('.hint') === undefined) return
      phone.tap('.account')
      await phone.settle()
      if (phone.route === 'login') await logIn(phone, kit.cloud)
      if (phone.find('.hint')) throw new Error('the user could not log in')
    },
    async logOut() {
      if (phone.route !== 'account') await openAccount(phone)
      phone.tap('.logout')
      phone.modal?.success?.({ confirm: true, cancel: false })
      await phone.settle()
    },
    passDay() {
      phone.clock.aheadMilliseconds += DAY_SECONDS * 1000
    },
  }
}

async function openAccount(phone: Phone): Promise<void> {
  phone.tap('.account')
  await phone.settle()
}

async function logIn(phone: Phone, cloud: BenchCloud['kit']['cloud']): Promise<void> {
  if (phone.find('.one-tap')) phone.tap('.one-tap')
  else {
    const { phoneCode } = tap(cloud, 'ours') as { phoneCode: string }
    phone.tapPhoneButton({ code: phoneCode, errMsg: 'getPhoneNumber:ok' })
  }
  await phone.settle()
}
