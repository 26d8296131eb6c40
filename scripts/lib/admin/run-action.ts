import type { AdminData } from '../../../contract/admin.ts'
import { type Administrator, type Answered, callAdmin } from './admin-cloud.ts'
import { openSealedPhone } from './admin-token.ts'
import { type Output, printAnswers } from './print.ts'

/** Actions about users that are named. */
export type NamedAction = 'find' | 'reveal' | 'disable' | 'enable' | 'endSessions' | 'transfer' | 'stats'

export interface ActionRequest {
  action: NamedAction
  /** User ids; for `find` a number, one id or `old:` and an old id; for `transfer` from and to; none for `stats`. */
  subjects: readonly string[]
}

/** The data of an action, with a revealed number in plain text. */
export type ShownData = AdminData[NamedAction] | { phone: string | undefined }

/**
 * Runs an action and prints the answer, or a list of answers for several users. Checks several users first, and changes none
 * unless all can be changed. The exit code is 1 unless everything succeeded.
 */
export async function runAction(
  administrator: Administrator,
  request: ActionRequest,
  output: Output,
): Promise<void> {
  const { action } = request
  if (action === 'transfer') {
    const [from, to] = request.subjects
    printAnswers([await perform(administrator, { action, from, to })], output)
    return
  }
  const subjects = [...new Set(request.subjects)]
  if (subjects.length < 2) {
    printAnswers([await perform(administrator, eventOf(action, subjects[0] ?? ''))], output)
    return
  }
  for (const userId of subjects) {
    const obstacle = await findObstacle(administrator, action, userId)
    if (obstacle === undefined) continue
    console.error(`${action}: 没有做任何改动 · nothing was done to any of them: ${userId}: ${obstacle}`)
    process.exitCode = 1
    return
  }
  const answers: Answered<ShownData>[] = []
  for (const userId of subjects) {
    const answer = await perform(administrator, eventOf(action, userId))
    answers.push(answer)
    if (answer.result?.code === 200) continue
    const done = subjects.slice(0, answers.length - 1)
    console.error(
      `${action}: 中断，再运行一次即可继续 · broke off, run it again to go on. 已完成 done: ${done.join(', ') || '-'}`,
    )
    break
  }
  printAnswers(answers, output)
}

type Event = { action: NamedAction } & Record<string, unknown>

function eventOf(action: NamedAction, subject: string): Event {
  if (action === 'stats') return { action }
  if (action !== 'find' || subject.startsWith('u_')) return { action, userId: subject }
  if (subject.startsWith('old:')) return { action, oldId: subject.slice('old:'.length) }
  return { action, phone: subject }
}

/** Why the action is impossible for this user; undefined if it is possible. */
async function findObstacle(
  administrator: Administrator,
  action: NamedAction,
  userId: string,
): Promise<string | undefined> {
  const { result, errMsg } = await callAdmin(administrator, { action: 'find', userId })
  if (result?.code !== 200) return result?.reason ?? errMsg ?? 'INTERNAL'
  const [user] = result.data.users
  if (!user) return 'NOT_FOUND 没有这个用户 · nobody has this id'
  if (user.status === 'closing' && action !== 'reveal') return 'NOT_FOUND 正在注销 · is being closed'
  if (user.phone === '' && action === 'reveal') return 'NOT_FOUND 没有手机号 · has no number'
  return undefined
}

/** Calls `admin`, and decrypts a revealed number. */
async function perform(administrator: Administrator, event: Event): Promise<Answered<ShownData>> {
  const answer = await callAdmin(administrator, event)
  const { result } = answer
  if (result?.code !== 200 || !('sealedPhone' in result.data)) return answer as Answered<ShownData>
  const phone = openSealedPhone(administrator.cloud.variables, result.data.sealedPhone)
  return { result: { ...result, data: { phone } } }
}
