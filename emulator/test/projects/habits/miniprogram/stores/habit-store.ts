import { action, observable, runInAction } from 'mobx-miniprogram'
import type { Habit, NewHabit } from '../models/habit'
import { addHabit, checkIn, listHabits } from '../services/habits'
import { today } from '../utils/day'

export const habitStore = observable({
  habits: [] as Habit[],
  isLoaded: false,

  get doneCount(): number {
    return this.habits.filter(({ days }) => days.includes(today())).length
  },

  load: action(async () => {
    const habits = await listHabits()
    runInAction(() => {
      habitStore.habits = habits
      habitStore.isLoaded = true
    })
  }),

  add: action(async (habit: NewHabit) => {
    const added = await addHabit(habit)
    runInAction(() => {
      habitStore.habits = [...habitStore.habits, added]
    })
  }),

  check: action(async (id: string) => {
    const changed = await checkIn(id, today())
    runInAction(() => {
      habitStore.habits = habitStore.habits.map((habit) => (habit._id === id ? changed : habit))
    })
  }),
})
