import { ComponentWithComputed } from 'miniprogram-computed'
import { type Habit, KIND_NAMES } from '../../models/habit'
import { today } from '../../utils/day'

ComponentWithComputed({
  options: { pureDataPattern: /^_/ },
  properties: {
    habit: { type: Object, value: {} as Habit },
  },
  data: { _taps: 0 },
  computed: {
    progress(data): number {
      const { days = [], goal = 1 } = data.habit
      return Math.min(100, Math.round((days.length / goal) * 100))
    },
    isDone(data): boolean {
      return (data.habit.days ?? []).includes(today())
    },
    kindName(data): string {
      return KIND_NAMES[data.habit.kind] ?? ''
    },
  },
  watch: {
    progress(percent: number) {
      if (percent === 100) wx.showToast({ title: '目标达成' })
    },
  },
  methods: {
    check() {
      this.setData({ _taps: this.data._taps + 1 })
      this.triggerEvent('check', { id: this.data.habit._id })
    },
  },
})
