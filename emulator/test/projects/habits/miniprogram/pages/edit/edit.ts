import { HabitKind, KIND_NAMES } from '../../models/habit'
import { habitStore } from '../../stores/habit-store'

const KINDS = Object.values(HabitKind)

Page({
  data: {
    name: '',
    goal: 2,
    kindNames: KINDS.map((kind) => KIND_NAMES[kind]),
    kind: 0,
  },

  onKind(event: WechatMiniprogram.PickerChange) {
    this.setData({ kind: Number(event.detail.value) })
  },

  async save() {
    const { name, goal, kind } = this.data
    if (name.trim() === '') {
      await wx.showToast({ title: '请填写名字', icon: 'none' })
      return
    }
    await habitStore.add({ name: name.trim(), goal, kind: KINDS[kind] ?? HabitKind.Body })
    await wx.navigateBack()
  },
})
