import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { AvatarUploadData } from '../../contract/account.ts'
import type { HeldInvocation } from '../../emulator/cloud/gate/held-invocation.ts'
import { AccountKit, PNG } from '../account-kit.ts'
import { ClientFiles } from '../client-files.ts'
import { CloudKit, succeeded } from '../cloud-kit.ts'
import { seededRandom } from './random.ts'

/**
 * Changes of a picture, interleaved with other actions of the same account. Files cannot be put back as documents can, so
 * the search of `races.test.ts` has none of these: here each schedule is drawn at random, from a seed, and run on a person
 * of its own. Afterwards the timer runs, and the storage must hold what the account shows, and nothing else.
 */
const SCHEDULES = Number(process.env['SCHEDULES'] ?? 25)
const SEED = Number(process.env['SEED'] ?? 1)
const MINUTES = 60_000
const LONGER_THAN_UPLOADS_SECONDS = 3 * 60 * 60

let kit: CloudKit
beforeAll(async () => {
  kit = await CloudKit.start({ maximumInstances: 4 })
})
afterAll(() => kit.stop())
afterEach(() => {
  for (const { name } of kit.cloud.database.collections()) {
    for (const { _id } of kit.documents(name)) kit.cloud.database.removeDocument(name, _id)
  }
  kit.cloud.files.clear()
})

interface Painter {
  openid: string
  token: string
  /** Uploads that were not taken yet. */
  uploads: string[]
}

type Action = (painter: Painter) => { function: string; data: object }
const account = (data: object): ReturnType<Action> => ({ function: 'account', data })
const ACTIONS: Readonly<Record<string, Action>> = {
  picture: ({ token, uploads }) => account({ action: 'update', token, avatar: uploads[0] }),
  'another picture': ({ token, uploads }) => account({ action: 'update', token, avatar: uploads[1] }),
  removal: ({ token }) => account({ action: 'update', token, avatar: '' }),
  nickname: ({ token }) => account({ action: 'update', token, nickname: '小明' }),
  close: ({ token }) => account({ action: 'close', token, confirmed: true }),
  'logout all': ({ token }) => ({ function: 'logout', data: { token, scope: 'all' } }),
}

/** Somebody with a picture and two more that are uploaded. */
async function prepare(openid: string): Promise<Painter> {
  const { token } = await kit.loginWithCode(openid)
  const owner = new AccountKit(kit, openid, token)
  const files = new ClientFiles(kit, openid)
  const upload = async () => {
    const { cloudPath } = succeeded(await owner.call<AvatarUploadData>('avatarUpload', { type: 'png' }))
    return files.upload(cloudPath, new Uint8Array(PNG))
  }
  succeeded(await owner.update({ avatar: await upload() }))
  return { openid, token, uploads: [await upload(), await upload()] }
}

async function interleave(
  painter: Painter,
  names: readonly string[],
  random: () => number,
): Promise<string[]> {
  const { gate, appid } = kit.cloud
  const caller = { source: 'wx_client', appid, openid: painter.openid }
  const calls = names.map((name, number): HeldInvocation => {
    const asked = ACTIONS[name]?.(painter) ?? account({})
    const pinned = { nowMilliseconds: kit.cloud.clock.now(), seed: `${painter.openid} ${number}` }
    return gate.start(asked.function, asked.data, caller, { pinned })
  })
  const schedule: string[] = []
  for (;;) {
    await Promise.all(calls.map((call) => call.still()))
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

/** What is wrong with what is stored, in words. */
function problemsOf({ openid }: Painter): string[] {
  const user = kit.users().find((document) => document['openid'] === openid)
  const shown = user && user['avatar'] !== '' ? [user['avatar']] : []
  const files = kit.cloud.files.list().map(({ path }) => kit.cloud.storage.fileId(path))
  const rows = kit.documents('avatars').map(({ fileId }) => fileId)
  return [
    ...(JSON.stringify(files) === JSON.stringify(shown)
      ? []
      : [`${files.length} files for ${shown.length} pictures`]),
    ...(JSON.stringify(rows) === JSON.stringify(shown)
      ? []
      : [`${rows.length} rows for ${shown.length} pictures`]),
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
  async (name, names) => {
    const findings: string[] = []
    for (let number = 0; number < SCHEDULES; number++) {
      const painter = await prepare(`oPainter-${number}-${names.length}-${name.length}`)
      const schedule = await interleave(painter, names, seededRandom(SEED * 1_000_003 + number))
      await kit.control.post('clock', { advanceSeconds: LONGER_THAN_UPLOADS_SECONDS })
      await kit.control.post('timer', { function: 'cleanup' })
      findings.push(...problemsOf(painter).map((problem) => `${problem}: ${schedule.join(', ')}`))
      kit.cloud.files.clear()
      for (const { _id } of kit.documents('avatars')) kit.cloud.database.removeDocument('avatars', _id)
    }
    expect(findings).toEqual([])
  },
  10 * MINUTES,
)
