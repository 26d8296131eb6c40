import { expect, it } from 'vitest'
import { Budget } from './budget.ts'

it('rejects an upstream call that takes longer than the remaining time', async () => {
  const never = new Promise<never>(() => {})
  await expect(new Budget(5).within(never)).rejects.toMatchObject({ reason: 'TIMEOUT' })
})

it('hands on what an upstream call answers or throws in time', async () => {
  const budget = new Budget(10_000)
  await expect(budget.within(Promise.resolve(7))).resolves.toBe(7)
  await expect(budget.within(Promise.reject(new Error('upstream')))).rejects.toThrow('upstream')
})
