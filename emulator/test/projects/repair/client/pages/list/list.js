import Dialog from '@vant/weapp/dialog/dialog'
import Toast from '@vant/weapp/toast/toast'
const { call } = require('../../utils/request')
const loading = require('../../behaviors/loading')

Page({
  behaviors: [loading],

  data: { status: 'open', tickets: [], keyword: '' },

  async onShow() {
    await getApp().ready
    this.load()
  },

  load() {
    const { status, keyword } = this.data
    return this.whileLoading(async () => {
      this.setData({ tickets: await call('ticket', { type: 'list', status, keyword }) })
    })
  },

  onTab(event) {
    this.setData({ status: event.detail.name })
    this.load()
  },

  onSearch({ detail }) {
    this.setData({ keyword: detail })
    this.load()
  },

  async onDelete(event) {
    const { id } = event.currentTarget.dataset
    try {
      await Dialog.confirm({ title: '撤回报修', message: '撤回后不能恢复' })
    } catch (cancelled) {
      return
    }
    await call('ticket', { type: 'remove', id })
    Toast.success('已撤回')
    this.load()
  },

  open(event) {
    const { id } = event.currentTarget.dataset
    wx.navigateTo({ url: `/packages/detail/pages/detail/detail?id=${id}` })
  },

  report() {
    wx.navigateTo({ url: '/packages/report/pages/form/form' })
  },

  help() {
    wx.navigateTo({ url: '/packages/help/pages/faq/faq' })
  },

  about() {
    wx.navigateTo({ url: '/pages/about/about' })
  }
})
