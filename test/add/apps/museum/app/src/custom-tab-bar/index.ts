Component({
  data: {
    tabs: [
      { path: '/pages/halls/halls', text: '展厅' },
      { path: '/pages/visit/visit', text: '参观' },
    ],
  },
  methods: {
    onSwitch(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { path: string }>) {
      wx.switchTab({ url: event.currentTarget.dataset.path })
    },
  },
})
