import { expect, it } from 'vitest'
import { succeeded, verdict } from '../../test/support/cloud-kit.ts'
import {
  answerTransfer,
  requestTransfer,
  type TransferPeople,
  twoAccounts,
} from '../../test/support/operations/transfer-people.ts'
import { useCloud } from '../../test/support/use-cloud.ts'

const cloud = useCloud()

const cleanUp = () => cloud.kit.control.post('timer', { function: 'cleanup' })
const pass = (hours: number) => cloud.kit.control.post('clock', { advanceSeconds: hours * 60 * 60 })
const tripsOf = (userId: string) => cloud.kit.documents('trips').filter((trip) => trip['userId'] === userId)

/** Moves the old account, and stores a trip that was being saved there meanwhile. */
async function movedWithLateTrip({ old, next }: TransferPeople) {
  const { userId } = old
  const [trip] = tripsOf(userId)
  expect(verdict(await answerTransfer(old, await requestTransfer(next)))).toBe('200')
  const saveLate = (key: string) =>
    cloud.kit.cloud.database.putDocument('trips', { ...trip, _id: `${userId}.${key}` })
  saveLate('late-trip')
  return { userId, saveLate }
}

it('a trip that was saved while its account moved follows the account', async () => {
  const people = await twoAccounts(cloud.kit, 'late')
  const { userId } = await movedWithLateTrip(people)
  await pass(1)
  await cleanUp()
  await cleanUp()
  expect(tripsOf(userId)).toEqual([])
  const generations = tripsOf(people.next.userId).map(({ generation }) => generation)
  expect(generations).toEqual([people.next.document()['generation'], people.next.document()['generation']])
})

it('a trip that was saved after the first pass is left to the second, not deleted as an orphan', async () => {
  const people = await twoAccounts(cloud.kit, 'later')
  const { userId, saveLate } = await movedWithLateTrip(people)
  await pass(1)
  await cleanUp()
  await cleanUp()
  expect(tripsOf(userId)).toEqual([])
  saveLate('later-trip')
  await cleanUp()
  await cleanUp()
  expect(tripsOf(userId)).toHaveLength(1)
  await pass(2)
  await cleanUp()
  await cleanUp()
  expect(tripsOf(userId)).toEqual([])
  expect(tripsOf(people.next.userId)).toHaveLength(3)
})

it('a late trip whose receiver has closed the account meanwhile is deleted', async () => {
  const people = await twoAccounts(cloud.kit, 'both-closed')
  const { userId } = await movedWithLateTrip(people)
  succeeded(await people.next.account('close', { confirmed: true }))
  await pass(3)
  await cleanUp()
  await cleanUp()
  expect([tripsOf(userId), tripsOf(people.next.userId)]).toEqual([[], []])
})

it('audit entries of an account that moved lose the user, and those of the receiver keep it', async () => {
  const people = await twoAccounts(cloud.kit, 'entries')
  const { userId } = await movedWithLateTrip(people)
  await pass(1)
  await cleanUp()
  await cleanUp()
  const entriesOf = (id: string) => cloud.kit.documents('audit_logs').filter((row) => row['userId'] === id)
  expect(entriesOf(userId)).toEqual([])
  expect(entriesOf(people.next.userId).map(({ act }) => act)).toContain('transfer.in')
})
