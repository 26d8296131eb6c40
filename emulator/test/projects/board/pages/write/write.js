const app = getApp()

Page({
  data: {
    length: 0
  },

  onInput(e) {
    this.setData({ length: e.detail.value.length })
  },

  submit(e) {
    const db = wx.cloud.database()
    const { author, text } = e.detail.value
    if (!text) {
      return wx.showModal({ title: '提示', content: '请先写点什么', showCancel: false })
    }
    wx.showLoading({ title: '发布中', mask: true })
    db.collection('messages').add({
      data: {
        board: app.globalData.board,
        author,
        text,
        likes: 0,
        pinned: false,
        createdAt: db.serverDate()
      }
    }).then(res => {
      wx.hideLoading()
      const channel = this.getOpenerEventChannel()
      channel.emit('written', { id: res._id })
      wx.navigateBack({ delta: 1 })
    }).catch(error => {
      wx.hideLoading()
      console.error(error)
    })
  }
})
