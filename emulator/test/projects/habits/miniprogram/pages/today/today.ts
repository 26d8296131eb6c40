import { createStoreBindings } from 'mobx-miniprogram-bindings'
import { habitStore } from '@/stores/habit-store'

interface TodayPage {
  bindings?: { destroyStoreBindings(): void; updateStoreBindings(): void }
}

Page<{ habits: unknown[]; doneCount: number; isLoaded: boolean }, TodayPage & WechatMiniprogram.IAnyObject>({
  data: { habits: [], doneCount: 0, isLoaded: false },

  onLoad() {
    this.bindings = createStoreBindings(this, {
      store: habitStore,
      fields: ['habits', 'doneCount', 'isLoaded'],
      actions: ['check'],
    })
  },

  onShow() {
    this.getTabBar?.((bar: WechatMiniprogram.Component.TrivialInstance) => bar.setData({ selected: 0 }))
  },

  onUnload() {
    this.bindings?.destroyStoreBindings()
  },

  onCheck(event: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this['check'](event.detail.id)
  },

  add() {
    wx.navigateTo({ url: '/pages/edit/edit' })
  },
})
