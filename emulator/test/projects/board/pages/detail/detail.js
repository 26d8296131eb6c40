const db = wx.cloud.database()
const _ = db.command

Page({
  data: { message: null, liked: false, problem: '' },

  onLoad: function (options) {
    this.id = options.id
    this.load()
  },

  load: async function () {
    const { data: message } = await db.collection('messages').doc(this.id).get()
    const { data: likes } = await db.collection('likes').where({ _openid: '{openid}', messageId: this.id }).get()
    this.setData({ message, liked: likes.length > 0 })
  },

  like: async function () {
    if (this.data.liked) return
    await db.collection('likes').add({ data: { messageId: this.id, at: new Date() } })
    const { result } = await wx.cloud.callFunction({ name: 'like', data: { id: this.id } })
    this.setData({ liked: true, 'message.likes': result.likes })
  },

  edit: function () {
    var that = this
    db.collection('messages').where({ _id: this.id, _openid: '{openid}' }).update({
      data: { text: this.data.message.text + '（已修改）', tags: _.addToSet('修改') },
      success: function (res) {
        if (res.stats.updated === 1) that.load()
        else that.setData({ problem: '只能修改自己的留言' })
      },
      fail: function (error) {
        that.setData({ problem: '不能修改：' + error.errCode })
      }
    })
  },

  remove: function () {
    var that = this
    wx.showModal({
      title: '删除',
      content: '删除这条留言？',
      success(res) {
        if (!res.confirm) return
        db.collection('messages').where({ _id: that.id, _openid: '{openid}', pinned: _.neq(true) }).remove().then(function () {
          wx.navigateBack()
        }, function (error) {
          that.setData({ problem: '不能删除：' + error.errCode })
        })
      }
    })
  },

  announce: function () {
    db.collection('notices').doc('today').set({
      data: { text: this.data.message.text },
      fail: error => this.setData({ problem: '不能发公告：' + error.errCode })
    })
  },

  onShareAppMessage: function () {
    return { title: this.data.message.text, path: '/pages/detail/detail?id=' + this.id }
  }
})
