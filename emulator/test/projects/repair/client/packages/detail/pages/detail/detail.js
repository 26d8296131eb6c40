const { call } = require('../../../../utils/request')

Page({
  data: {
    ticket: null,
    step: 0,
    isSheetOpen: false,
    actions: [{ name: '催一下' }, { name: '已修好', subname: '确认后可以评分' }],
    steps: [{ text: '已提交' }, { text: '维修中' }, { text: '已完成' }]
  },

  async onLoad({ id }) {
    const ticket = await call('ticket', { type: 'get', id })
    this.show(ticket)
  },

  show(ticket) {
    this.setData({ ticket, step: ticket.status === 'done' ? 2 : 0 })
  },

  openSheet() {
    this.setData({ isSheetOpen: true })
  },

  closeSheet() {
    this.setData({ isSheetOpen: false })
  },

  async onSelect({ detail }) {
    if (detail.name === '已修好') this.show(await call('ticket', { type: 'finish', id: this.data.ticket._id }))
  },

  async onRate({ detail }) {
    this.show(await call('ticket', { type: 'rate', id: this.data.ticket._id, stars: detail }))
  }
})
