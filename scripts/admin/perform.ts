import type { FindUserData, RevealPhoneData } from '../../contract/admin.ts'
import { makeAdminToken, openSealedPhone } from '../admin-token.ts'
import type { ControlClient } from '../control-client.ts'
import { localSecrets } from '../local-secrets.ts'

export type Act = 'find' | 'reveal' | 'disable' | 'enable' | 'stats'

export interface Asked {
  act: Act
  /** User ids; for `find` a number or one id; none for `stats`. */
  subjects: readonly string[]
  reason?: string
  /** The administrator's. */
  name: string
  /** Of the embedded cloud. */
  dataDirectory: string
}

interface Answered {
  result?: { code: number; reason?: string; data?: object }
  errMsg?: string
}

/**
 * Does it on the embedded cloud and prints the answer; a list of answers for several users. Several are looked at first,
 * and nothing is done to any unless it can be done to all. Ends with 1 unless all was done.
 */
export async function performOnAll(cloud: ControlClient, asked: Asked): Promise<void> {
  const { act } = asked
  const subjects = [...new Set(asked.subjects)]
  if (subjects.length < 2) {
    show([await perform(cloud, asked, eventOf(asked, subjects[0] ?? ''))])
    return
  }
  for (const userId of subjects) {
    const trouble = await troubleWith(cloud, asked, userId)
    if (trouble === undefined) continue
    console.error(`${act}: 没有做任何改动 · nothing was done to any of them: ${userId}: ${trouble}`)
    process.exitCode = 1
    return
  }
  const answers: Answered[] = []
  for (const userId of subjects) {
    const answer = await perform(cloud, asked, eventOf(asked, userId))
    answers.push(answer)
    if (answer.result?.code === 200) continue
    const done = subjects.slice(0, answers.length - 1)
    console.error(
      `${act}: 中断，再运行一次即可继续 · broke off, run it again to go on. 已完成 done: ${done.join(', ') || '-'}`,
    )
    break
  }
  show(answers)
}

function eventOf({ act, reason }: Asked, subject: string): Record<string, unknown> {
  const because = reason === undefined ? {} : { reason }
  if (act === 'stats') return { action: act }
  if (act !== 'find') return { action: act, userId: subject, ...because }
  return { action: act, ...(subject.startsWith('u_') ? { userId: subject } : { phone: subject }), ...because }
}

/** Why the act cannot be done to this user; undefined when it can. */
async function troubleWith(cloud: ControlClient, asked: Asked, userId: string): Promise<string | undefined> {
  const because = asked.reason === undefined ? {} : { reason: asked.reason }
  const { result, errMsg } = await perform(cloud, asked, { action: 'find', userId, ...because })
  if (result?.code !== 200) return result?.reason ?? errMsg ?? 'INTERNAL'
  const [user] = (result.data as Partial<FindUserData>).users ?? []
  if (!user) return 'NOT_FOUND 没有这个用户 · nobody has this id'
  if (user.status === 'closing' && asked.act !== 'reveal') return 'NOT_FOUND 正在注销 · is being closed'
  if (user.phone === '' && asked.act === 'reveal') return 'NOT_FOUND 没有手机号 · has no number'
  return undefined
}

async function perform(
  cloud: ControlClient,
  { name, dataDirectory }: Asked,
  event: object,
): Promise<Answered> {
  const { now } = await cloud.get<{ now: string }>('clock')
  const variables = { ...localSecrets(dataDirectory) }
  const token = makeAdminToken(variables, name, Date.parse(now))
  const answer = await cloud.post<Answered>('invoke', { function: 'admin', data: { token, ...event } })
  const { sealedPhone } = (answer.result?.data ?? {}) as Partial<RevealPhoneData>
  if (sealedPhone === undefined || !answer.result) return answer
  return { result: { ...answer.result, data: { phone: openSealedPhone(variables, sealedPhone) } } }
}

function show(answers: readonly Answered[]): void {
  const shown = answers.map(({ result, errMsg }) => result ?? { errMsg })
  console.log(JSON.stringify(shown.length === 1 ? shown[0] : shown, null, 2))
  if (answers.some(({ result }) => result?.code !== 200)) process.exitCode = 1
}
