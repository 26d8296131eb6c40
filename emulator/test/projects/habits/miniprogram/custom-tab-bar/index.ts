Component({
  data: {
    selected: 0,
    list: [
      { url: '/pages/today/today', text: '今天' },
      { url: '/pages/statistics/statistics', text: '统计' },
      { url: '/pages/settings/settings', text: '设置' },
    ],
  },
  methods: {
    switchTab(event: WechatMiniprogram.BaseEvent) {
      wx.switchTab({ url: event.currentTarget.dataset['url'] as string })
    },
  },
})
