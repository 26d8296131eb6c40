export interface Habit {
  _id: string
  name: string
  goal: number
  kind: HabitKind
  days: string[]
}

export enum HabitKind {
  Body = 'body',
  Mind = 'mind',
}

export type NewHabit = Pick<Habit, 'name' | 'goal' | 'kind'>

export const KIND_NAMES: Record<HabitKind, string> = {
  [HabitKind.Body]: '身体',
  [HabitKind.Mind]: '头脑',
}
