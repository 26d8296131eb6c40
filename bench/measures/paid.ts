import type { Cloud } from 'wechat-cloud-emulator'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { startApp } from '../../test/support/start-app.ts'
import { UsualApp } from '../baselines/client.ts'
import { BenchCloud, FUNCTIONS, OPENID, tap } from '../bench-cloud.ts'
import type { Measure } from '../measure.ts'

const DAYS = 365
/** A month. */
const DAYS_BETWEEN_LOGOUTS = 30
const DEVICES = ['1', '2']
const DAY_SECONDS = 24 * 60 * 60

const HOME_PAGE = 'pages/index/index'
const LOGIN_PAGE = 'account/pages/login/login'
/** On the home page of somebody who is not logged in. */
const HINT = '.hint'

/** What the user does on one device, whatever the app behind it. */
interface Device {
  open(): Promise<void>
  logOut(): Promise<void>
}

/** A cloud with the user's devices. */
interface Setting {
  cloud: Cloud
  devices: Device[]
  close(): Promise<void>
}

/**
 * A year of one user who opens the app every day on two devices and logs out of both every month: how many phone
 * authorizations are paid for. Our side is the real mini-program in WeChat's page simulator, tapping what is on the
 * screen; on both sides the real functions answer.
 */
export const paidMeasure: Measure = {
  keys: ['paidAuthorizationsPerYear'],
  async run(progress) {
    const usual = await live(await usualSetting(), (line) => progress(`usual: ${line}`))
    const ours = await live(await realSetting(), (line) => progress(`ours: ${line}`))
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

async function live({ cloud, devices, close }: Setting, progress: (line: string) => void): Promise<number> {
  let paid = 0
  try {
    for (let day = 1; day <= DAYS; day++) {
      progress(`day ${day} of ${DAYS}, ${paid} paid`)
      for (const device of devices) {
        await device.open()
        if (day % DAYS_BETWEEN_LOGOUTS === 0) await device.logOut()
      }
      paid += cloud.callLog
        .list()
        .flatMap(({ roundTrips }) => roundTrips)
        .filter(isPaid).length
      cloud.callLog.clear()
      // The phones are closed overnight, and have the cloud's time when they are opened.
      cloud.clock.advance(DAY_SECONDS)
    }
    return paid
  } finally {
    await close()
  }
}

function isPaid({ target, code }: { target: string; code?: string }): boolean {
  return target === 'phonenumber.getPhoneNumber' && code === undefined
}

async function usualSetting(): Promise<Setting> {
  const bench = await BenchCloud.open('usual')
  return {
    cloud: bench.kit.cloud,
    devices: DEVICES.map(() => usualDevice(bench)),
    close: () => bench.close(),
  }
}

function usualDevice({ kit }: BenchCloud): Device {
  const app = new UsualApp({
    tapPhoneButton: async () => (tap(kit.cloud, 'usual') as { code: string }).code,
    callFunction: async (name, data) => {
      const { result } = await kit.invoke(name, OPENID, data)
      return result as { code: number; data?: { token?: string } }
    },
  })
  return { open: () => app.open(), logOut: async () => app.logout() }
}

async function realSetting(): Promise<Setting> {
  const { project } = await startApp({ cloud: { functionsDirectory: FUNCTIONS.ours } })
  const phones = await Promise.all(DEVICES.map((device) => project.phones.of(OPENID, { device })))
  return {
    cloud: project.cloud.cloud,
    devices: phones.map(realDevice),
    close: project.stop,
  }
}

/** The user wants to be logged in, and takes the way the screen offers. */
function realDevice(phone: Phone): Device {
  return {
    async open() {
      await phone.open()
      if ((await phone.count(HINT)) === 0) return
      await phone.tap('.account')
      if ((await phone.page()).startsWith(LOGIN_PAGE)) await logIn(phone)
      if ((await phone.page()) !== HOME_PAGE || (await phone.count(HINT)) > 0)
        throw new Error('the user could not log in')
    },
    async logOut() {
      await phone.tap('.account')
      await phone.tap('.logout')
      const { buttons } = await phone.dialog()
      await phone.tap(buttons.at(-1) ?? '')
    },
  }
}

async function logIn(phone: Phone): Promise<void> {
  if ((await phone.count('.one-tap')) > 0) return phone.tap('.one-tap')
  await phone.tap('.main-button >>> .phone-button')
  await phone.allowNumber()
}
