import { afterEach, expect, it } from 'vitest'
import type { PausedInvocation } from 'wechat-cloud-emulator/testing'
import { isExhaustive } from '../support/exhaustive.ts'
import { TestUser } from '../support/test-user.ts'
import { useCloud } from '../support/use-cloud.ts'
import { seededRandom } from './seeded-random.ts'

/**
 * Changes of a picture, interleaved with other operations on the same account. The search of `races.test.ts` leaves them
 * out, since it can restore documents and no files. Here each schedule is drawn at random, from a seed, and run on a new
 * user. Then the timer runs, and the storage must hold the picture that the account shows and nothing else.
 */
const SCHEDULES = Number(process.env['SCHEDULES'] ?? (isExhaustive ? 25 : 2))
const SEED = Number(process.env['SEED'] ?? 1)
const MINUTES = 60_000
/** After this time the timer removes uploads that no account has taken. */
const UPLOADS_EXPIRED_SECONDS = 3 * 60 * 60

const cloud = useCloud({ maximumInstances: 4 })
afterEach(() => {
  const { kit } = cloud
  for (const { name } of kit.cloud.database.collections()) {
    for (const { _id } of kit.documents(name)) kit.cloud.database.removeDocument(name, _id)
  }
  kit.cloud.files.clear()
})

/** A user with a picture and two more that are uploaded. */
interface PictureUser {
  user: TestUser
  uploads: string[]
}

type Operation = (owner: PictureUser) => { function: string; request: object }
const account = (request: object): ReturnType<Operation> => ({ function: 'account', request })
const OPERATIONS: Readonly<Record<string, Operation>> = {
  picture: ({ user: { token }, uploads }) => account({ action: 'update', token, avatar: uploads[0] }),
  'another picture': ({ user: { token }, uploads }) =>
    account({ action: 'update', token, avatar: uploads[1] }),
  removal: ({ user: { token } }) => account({ action: 'update', token, avatar: '' }),
  nickname: ({ user: { token } }) => account({ action: 'update', token, nickname: '小明' }),
  close: ({ user: { token } }) => account({ action: 'close', token, confirmed: true }),
  'logout all': ({ user: { token } }) => ({ function: 'logout', request: { token, scope: 'all' } }),
}

async function prepare(openid: string): Promise<PictureUser> {
  const user = new TestUser(cloud.kit, openid)
  await user.logIn()
  await user.setAvatar()
  return { user, uploads: [await user.upload(), await user.upload()] }
}

/** Runs the operations of these names in an interleaving that is drawn at random. @returns its steps */
async function interleave(
  owner: PictureUser,
  names: readonly string[],
  random: () => number,
): Promise<string[]> {
  const { scheduler, appid, clock } = cloud.kit.cloud
  const { openid } = owner.user
  const calls = names.map((name, number): PausedInvocation => {
    const operation = OPERATIONS[name]?.(owner)
    if (!operation) throw new RangeError(`there is no operation ${name}`)
    const pinned = { nowMilliseconds: clock.now(), seed: `${openid} ${number}` }
    const caller = { source: 'wx_client', appid, openid }
    return scheduler.start(operation.function, operation.request, caller, { pinned })
  })
  const schedule: string[] = []
  for (;;) {
    await Promise.all(calls.map((call) => call.untilQuiescent()))
    const steps = calls.flatMap((call, number) => call.waiting.map(({ name }) => ({ call, number, name })))
    const step = steps[Math.floor(random() * steps.length)]
    if (!step) break
    schedule.push(`${step.number} ${step.name}`)
    await step.call.release(step.name)
  }
  for (const { end } of calls) {
    const code = end && !end.failure ? JSON.parse(end.json).code : 'none'
    if (code === 500 || code === 'none') throw new Error(`answered ${code} after ${schedule.join(', ')}`)
  }
  return schedule
}

/** Compares the stored files, and the rows about them, with the picture that the account shows. */
function problemsOf({ user }: PictureUser): string[] {
  const { kit } = user
  const shown = user.documents().flatMap(({ avatar }) => (avatar === '' ? [] : [avatar]))
  const files = kit.cloud.files.list().map(({ path }) => kit.cloud.storage.fileId(path))
  const rows = kit.documents('avatars').map(({ fileId }) => fileId)
  const isShown = (stored: readonly unknown[]) => JSON.stringify(stored) === JSON.stringify(shown)
  return [
    ...(isShown(files) ? [] : [`${files.length} files for ${shown.length} pictures`]),
    ...(isShown(rows) ? [] : [`${rows.length} rows for ${shown.length} pictures`]),
  ]
}

const PAIRS: readonly (readonly string[])[] = [
  ['picture', 'another picture'],
  ['picture', 'picture'],
  ['picture', 'removal'],
  ['picture', 'nickname'],
  ['picture', 'close'],
  ['removal', 'close'],
  ['picture', 'logout all'],
  ['picture', 'another picture', 'close'],
]

it.each(PAIRS.map((names) => [names.join(' × '), names] as const))(
  '%s leaves the picture that is shown, and no other file',
  async (title, names) => {
    const { kit } = cloud
    const findings: string[] = []
    for (let number = 0; number < SCHEDULES; number++) {
      const owner = await prepare(`oPainter-${number}-${names.length}-${title.length}`)
      const schedule = await interleave(owner, names, seededRandom(SEED * 1_000_003 + number))
      await kit.control.post('clock', { advanceSeconds: UPLOADS_EXPIRED_SECONDS })
      await kit.control.post('timer', { function: 'cleanup' })
      findings.push(...problemsOf(owner).map((problem) => `${problem}: ${schedule.join(', ')}`))
      kit.cloud.files.clear()
      for (const { _id } of kit.documents('avatars')) kit.cloud.database.removeDocument('avatars', _id)
    }
    expect(findings).toEqual([])
  },
  10 * MINUTES,
)
