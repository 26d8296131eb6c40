const db = wx.cloud.database({})

Page({
  data: { messages: [] },

  onShow() {
    db.collection('messages')
      .where({ _openid: '{openid}' })
      .field({ text: true, likes: true })
      .get({
        success: res => {
          this.setData({ messages: res.data })
        },
        fail: console.error,
        complete: () => wx.hideNavigationBarLoading()
      })
  },

  search: function (e) {
    const condition = { text: db.RegExp({ regexp: e.detail.value, options: 'i' }), _openid: '{openid}' }
    db.collection('messages').where(condition).get().then(({ data }) => this.setData({ messages: data }))
  }
})
