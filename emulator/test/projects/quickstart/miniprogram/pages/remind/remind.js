const TEMPLATE = 'diary-reminder-template'
Page({
  data: { result: '' },
  subscribe: function () {
    wx.requestSubscribeMessage({
      tmplIds: [TEMPLATE],
      success: (res) => {
        if (res[TEMPLATE] !== 'accept') {
          this.setData({ result: '已拒绝' })
          return
        }
        wx.cloud.callFunction({ name: 'remind', data: { templateId: TEMPLATE } })
          .then(({ result }) => this.setData({ result: result.errCode === 0 ? '已提醒' : '失败' }))
          .catch(console.error)
      },
      fail: (err) => this.setData({ result: err.errMsg })
    })
  }
})
