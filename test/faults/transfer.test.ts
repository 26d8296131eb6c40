import { expect, it } from 'vitest'
import type { Fault } from 'wechat-cloud-emulator/control'
import { type CloudKit, verdict } from '../support/cloud-kit.ts'
import { isExhaustive, shardOfAll } from '../support/exhaustive.ts'
import {
  answerTransfer,
  requestTransfer,
  type TransferPeople,
  transferState,
  twoAccounts,
} from '../support/operations/transfer-people.ts'
import { fileExists } from '../support/storage-files.ts'
import type { TestUser } from '../support/test-user.ts'
import { useCloud } from '../support/use-cloud.ts'
import { type Operation, operationsOf, recordOf } from './matrix.ts'
import { forgetEverybody } from './stored-account.ts'

/**
 * A move is broken off at each of its operations and then finished, in turn by each call that can finish it. With
 * `EXHAUSTIVE=1` each operation meets every kind of fault, and each of those calls.
 */
const cloud = useCloud({ maximumInstances: 4 })

type People = TransferPeople & { id: string }

async function asked(name: string): Promise<People> {
  const people = await twoAccounts(cloud.kit, name)
  await people.next.call('trips', {
    token: people.next.token,
    action: 'save',
    key: 'own-trip',
    city: '成都',
    days: 2,
  })
  return { ...people, id: await requestTransfer(people.next) }
}

/** The calls that finish a move. */
const FINISHERS: Readonly<Record<string, (people: People) => Promise<unknown>>> = {
  'the same answer': ({ old, id }) => answerTransfer(old, id),
  'the next login of the old account': ({ old }) => old.call('login', {}),
  'the state on the new account': ({ next }) => transferState(next),
  'the next login of the new account': ({ next }) => next.call('login', {}),
  'the timer': async () => {
    await cloud.kit.control.post('clock', { advanceSeconds: 120 })
    await cloud.kit.control.post('timer', { function: 'cleanup' })
  },
}

/** Each moves at least a few documents, also on a busy machine. */
const MOST_ANSWERS = 30

/** Of the timer. */
const MOST_RUNS = 6

const ANSWERS: readonly Fault['answer'][] = [
  { kind: 'reset' },
  { kind: 'reset-after' },
  { kind: 'kill' },
  { kind: 'kill-after' },
]

/** Runs a move without a fault. @returns its operations */
async function cleanOperations(kit: CloudKit): Promise<Operation[]> {
  const { old, id } = await asked('clean')
  const end = await old.invoke('account', { token: old.token, action: 'answerTransfer', id, accept: true })
  return operationsOf(recordOf(kit, end))
}

const isClosing = (user: TestUser) => user.documents()[0]?.['status'] === 'closing'

/** What is wrong with what is stored, in words. Empty for a move that took place, and for one that never began. */
function problemsOf({ old, next }: People, oldId: string, avatar: string): string[] {
  const owned = (name: string, userId: string) => cloud.kit.documents(name, { userId }).length
  const hasMoved = old.documents().length === 0
  const trips = [owned('trips', oldId), owned('trips', next.userId)]
  const receiver = next.document()
  return [
    ...(String(trips) === String(hasMoved ? [0, 2] : [1, 1]) ? [] : [`trips: ${trips}`]),
    ...(hasMoved === (receiver['avatar'] === avatar) ? [] : ['the picture is with the wrong account']),
    ...(fileExists(cloud.kit, avatar) ? [] : ['the picture is gone']),
    ...(hasMoved && owned('avatars', next.userId) !== 1 ? ['the picture has no row'] : []),
    ...(hasMoved && 'incomingTransfer' in receiver ? ['the move is still announced'] : []),
    ...(hasMoved || old.document()['status'] === 'active' ? [] : ['the move is not finished']),
  ]
}

it('a move that breaks off anywhere is finished by each call that can, and nothing is lost or there twice', async () => {
  const { kit } = cloud
  const operations = await cleanOperations(kit)
  const finishers = Object.entries(FINISHERS)
  const cases = operations.flatMap((operation, number) =>
    ANSWERS.flatMap((answer, kind) =>
      finishers.map((finisher, turn) => ({ operation, answer, finisher, number, kind, turn })),
    ),
  )
  const chosen = shardOfAll(cases).filter(
    ({ number, kind, turn }) =>
      isExhaustive ||
      (kind === number % ANSWERS.length && turn === (number + Math.floor(number / 4)) % finishers.length),
  )
  const failures: string[] = []
  for (const [number, { operation, answer, finisher }] of chosen.entries()) {
    const people = await asked(`case-${number}`)
    const { old, id } = people
    const { userId } = old
    const avatar = String(old.document()['avatar'])
    const request = { token: old.token, action: 'answerTransfer', id, accept: true }
    const switchOff = kit.cloud.faults.add({ ...operation, openid: old.openid, answer, times: 1 })
    await old.invoke('account', request)
    switchOff()
    const [name, finish] = finisher
    await finish(people)
    // Every hour another of its tasks is first, and each gets its share of the time, which is short on a busy machine.
    for (let runs = 1; name === 'the timer' && runs < MOST_RUNS && isClosing(old); runs++)
      await finish(people)
    // Once the old account is gone, only a call of the new one can see that the move is over.
    if (old.documents().length === 0) await transferState(people.next)
    const where = `${operation.action} ${operation.target}#${operation.operation} · ${answer.kind} · ${name}`
    failures.push(...problemsOf(people, userId, avatar).map((problem) => `${where}: ${problem}`))
    // The timer looks through what all people before have left.
    forgetEverybody(kit)
  }
  console.info(`faults: a move of ${operations.length} operations, broken off ${chosen.length} times`)
  expect(failures).toEqual([])
}, 900_000)

it('a move of more documents than one batch takes is finished', async () => {
  const { old, next, id } = await asked('large')
  const [trip] = cloud.kit.documents('trips', { userId: old.userId })
  for (let number = 0; number < 700; number++) {
    cloud.kit.cloud.database.putDocument('trips', { ...trip, _id: `${old.userId}.trip-${number}` })
  }
  // A busy machine moves fewer in the time of one call.
  const answers: string[] = []
  do answers.push(verdict(await answerTransfer(old, id)))
  while (answers.length < MOST_ANSWERS && answers.at(-1)?.startsWith('503'))
  expect(answers.at(-1), answers.join()).toMatch(/^200$|ACCOUNT_CLOSED/)
  const trips = cloud.kit.documents('trips', { userId: next.userId })
  expect(trips).toHaveLength(702)
  const { generation } = next.document()
  expect(trips.filter((document) => document['generation'] !== generation)).toEqual([])
}, 120_000)
