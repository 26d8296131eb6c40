import type { Habit, NewHabit } from '@/models/habit'

interface Answer<Data> {
  errCode: number
  errMsg: string
  data: Data
}

async function call<Data>(type: string, data: Record<string, unknown> = {}): Promise<Data> {
  const { result } = await wx.cloud.callFunction({ name: 'habits', data: { type, ...data } })
  const answer = result as Answer<Data>
  if (answer.errCode !== 0) throw new Error(answer.errMsg)
  return answer.data
}

export const listHabits = () => call<Habit[]>('list')
export const addHabit = (habit: NewHabit) => call<Habit>('add', { habit })
export const checkIn = (id: string, day: string) => call<Habit>('checkIn', { id, day })
