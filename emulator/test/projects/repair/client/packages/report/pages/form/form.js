import Toast from '../../../../miniprogram_npm/@vant/weapp/toast/toast'
import { call } from '../../../../utils/request'
import buildings from '../../buildings'

Page({
  data: {
    text: '',
    contact: '',
    place: '',
    urgent: false,
    kind: '水电',
    kinds: ['水电', '门窗', '网络'],
    columns: buildings.map(({ name }) => name),
    isPickerOpen: false,
    files: [],
  },

  openPicker() {
    this.setData({ isPickerOpen: true })
  },

  closePicker() {
    this.setData({ isPickerOpen: false })
  },

  onPlace({ detail }) {
    this.setData({ place: detail.value })
    this.closePicker()
  },

  onUrgent({ detail }) {
    this.setData({ urgent: detail })
  },

  onKind({ detail }) {
    this.setData({ kind: detail.name })
  },

  onText({ detail }) {
    this.setData({ text: detail })
  },

  choosePlace() {
    wx.navigateTo({
      url: '../place/place',
      events: {
        chosen: ({ place }) => this.setData({ place })
      }
    })
  },

  async submit() {
    const { text, contact, place, urgent, kind } = this.data
    if (!text || !place) return Toast.fail('请写清地点和问题')
    Toast.loading({ message: '提交中', forbidClick: true, duration: 0 })
    try {
      await call('ticket', { type: 'create', ticket: { text, contact, place, urgent, kind } })
      Toast.clear()
      wx.navigateBack()
    } catch (error) {
      Toast.fail(error.message)
    }
  }
})
