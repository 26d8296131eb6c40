import { LOST_CALL } from 'wechat-cloud-emulator/testing'
import type { DeviceClock } from 'wechat-cloud-emulator/testing/simulator'
import { UNANSWERED } from 'wechat-cloud-emulator/testing/simulator'

/** One way in which what leaves a phone comes to nothing on its way, whatever the cloud does. */
export interface PhoneFaultKind {
  name: string
  /** Kinds that are much alike; families take turns where a step meets one kind only. */
  family: string
  /** Not of files, which have no answer of ours. */
  isOfCalls?: true
  /** @param pass lets it through to the cloud */
  inject(pass: () => Promise<unknown>, clock: DeviceClock): Promise<unknown>
}

/** WeChat could not fetch the answer of a function that ran. */
const POLLING = { errCode: -404012, errMsg: 'cloud.callFunction:fail polling exceed max timeout retry' }

const ANSWERS: readonly [name: string, result: unknown][] = [
  ['null', null],
  ['a text', '<html>502 Bad Gateway</html>'],
  ['nothing', undefined],
  ['an answer without a code', {}],
  ['a code of no contract', { code: 418, message: 'teapot' }],
  ['a reason of no contract', { code: 400, reason: 'A_NEWER_REASON', message: '' }],
  ['an answer without data', { code: 200, message: '' }],
]

/** As WeChat's 错误码 pages word them. */
const PLATFORM: readonly [errCode: number, errMsg: string][] = [
  [-501000, 'FunctionName parameter could not be found'],
  [-501001, 'resource system error'],
  [-501002, 'resource server timeout'],
  [-501003, 'exceed request limit'],
  [-501004, 'exceed concurrent request limit'],
  [-501005, 'invalid env'],
  [-501023, 'permission denied'],
  [-504002, 'functions execute fail'],
  [-504003, 'Invoking task timed out after 3 seconds'],
]

async function unanswered(clock: DeviceClock): Promise<unknown> {
  // By then, every caller that waits has begun to.
  await new Promise(setImmediate)
  clock.runOut()
  return UNANSWERED
}

export const PHONE_FAULT_KINDS: readonly PhoneFaultKind[] = [
  { name: 'offline', family: 'offline', inject: () => Promise.reject(LOST_CALL) },
  {
    name: 'the answer is lost',
    family: 'lost',
    inject: async (pass) => {
      await pass()
      throw POLLING
    },
  },
  { name: 'never arrives, never answered', family: 'never', inject: (_pass, clock) => unanswered(clock) },
  {
    name: 'never answered',
    family: 'never',
    inject: async (pass, clock) => {
      await pass()
      return unanswered(clock)
    },
  },
  ...ANSWERS.map(
    ([name, result]): PhoneFaultKind => ({
      name: `answered with ${name}`,
      family: 'garbage',
      isOfCalls: true,
      inject: async (pass) => {
        await pass()
        return { result, errMsg: 'cloud.callFunction:ok' }
      },
    }),
  ),
  ...PLATFORM.map(
    ([errCode, errMsg]): PhoneFaultKind => ({
      name: `the platform’s ${errCode}`,
      family: 'platform',
      inject: () => Promise.reject({ errCode, errMsg: `cloud.callFunction:fail ${errMsg}` }),
    }),
  ),
]
