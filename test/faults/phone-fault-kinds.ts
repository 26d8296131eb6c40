import {
  type Duration,
  type FunctionCall,
  LOST_CALL,
  NO_ANSWER,
  type TestClock,
  UPLOAD,
} from 'wechat-cloud-emulator/testing'

/** The way of one call. */
interface Way {
  call: FunctionCall
  clock: TestClock
}

/** One way in which what leaves a phone comes to nothing on its way, whatever the cloud does. */
export interface PhoneFaultKind {
  name: string
  /** Kinds that are much alike; families take turns where a step meets one kind only. */
  family: string
  /** Not of files, which have no answer of ours. */
  isOfCalls?: true
  /** @param pass lets it through to the cloud. @returns what arrives in its place */
  inject(pass: () => Promise<unknown>, way: Way): Promise<unknown>
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

/** For how long the mini-program waits for an answer. */
const PATIENCE: Duration = '8 s'
const PATIENCE_WITH_UPLOADS: Duration = '20 s'

async function unanswered({ call, clock }: Way): Promise<typeof NO_ANSWER> {
  // By then, every caller that waits has begun to.
  await new Promise(setImmediate)
  await clock.advance(call.name === UPLOAD ? PATIENCE_WITH_UPLOADS : PATIENCE)
  return NO_ANSWER
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
  { name: 'never arrives, never answered', family: 'never', inject: (_pass, way) => unanswered(way) },
  {
    name: 'never answered',
    family: 'never',
    inject: async (pass, way) => {
      await pass()
      return unanswered(way)
    },
  },
  ...ANSWERS.map(
    ([name, result]): PhoneFaultKind => ({
      name: `answered with ${name}`,
      family: 'garbage',
      isOfCalls: true,
      inject: async (pass) => {
        await pass()
        return result
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
