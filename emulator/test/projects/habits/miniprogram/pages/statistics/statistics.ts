import { BehaviorWithStore } from 'mobx-miniprogram-bindings'
import { behavior as computedBehavior } from 'miniprogram-computed'
import { habitStore } from '../../stores/habit-store'
import type { Habit } from '../../models/habit'

const storeBehavior = BehaviorWithStore({
  storeBindings: { store: habitStore, fields: { list: 'habits', done: () => habitStore.doneCount }, actions: {} },
})

/** A page that is a component. */
Component({
  behaviors: [storeBehavior, computedBehavior],
  data: { list: [] as Habit[] },
  computed: {
    total(data: { list: Habit[] }) {
      return data.list.reduce((sum, { days }) => sum + days.length, 0)
    },
  },
  pageLifetimes: {
    show() {
      this.getTabBar((bar) => bar.setData({ selected: 1 }))
    },
  },
})
