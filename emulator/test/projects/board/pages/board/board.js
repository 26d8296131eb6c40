const db = wx.cloud.database()
const _ = db.command
const time = require('../../utils/time.js')
const PAGE_SIZE = 20
const app = getApp()

Page({
  data: {
    messages: [],
    notice: '',
    total: 0,
    live: 0
  },

  onLoad: function () {
    this.loadNotice()
    this.watchMessages()
  },

  onShow: function () {
    this.refresh()
  },

  onUnload: function () {
    this.watcher.close()
  },

  refresh: function () {
    var that = this
    db.collection('messages').where({ board: app.globalData.board }).count({
      success: function (res) {
        that.setData({ total: res.total })
      }
    })
    return this.load(0)
  },

  load: function (skip) {
    return db.collection('messages')
      .where({ board: app.globalData.board, hidden: _.neq(true) })
      .orderBy('pinned', 'desc')
      .orderBy('createdAt', 'desc')
      .skip(skip)
      .limit(PAGE_SIZE)
      .get()
      .then(res => {
        const messages = res.data.map(message => Object.assign({}, message, { day: time.format(message.createdAt) }))
        this.setData({ messages: skip === 0 ? messages : this.data.messages.concat(messages) })
      })
      .catch(error => {
        console.error('留言加载失败', error)
      })
  },

  loadNotice: function () {
    db.collection('notices').doc('today').get({
      success: res => this.setData({ notice: res.data.text }),
      fail: () => this.setData({ notice: '今天没有公告' })
    })
  },

  watchMessages: function () {
    this.watcher = db.collection('messages').where({ board: app.globalData.board }).watch({
      onChange: snapshot => {
        if (snapshot.type === 'init') return
        this.setData({ live: this.data.live + snapshot.docChanges.length })
      },
      onError: error => console.error('监听失败', error)
    })
  },

  onPullDownRefresh: function () {
    this.refresh().then(() => wx.stopPullDownRefresh())
  },

  onReachBottom: function () {
    if (this.data.messages.length < this.data.total) this.load(this.data.messages.length)
  },

  open: function (e) {
    wx.navigateTo({
      url: '../detail/detail?id=' + e.currentTarget.dataset.id
    })
  },

  write: function () {
    wx.navigateTo({
      url: '../write/write',
      events: {
        written: () => wx.showToast({ title: '已发布' })
      }
    })
  },

  rank: function () {
    wx.navigateTo({ url: '/pages/rank/rank' })
  }
})
