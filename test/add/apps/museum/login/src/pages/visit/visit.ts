import { openAccountPage, requireLogin } from '../../auth/index'

Page({
  data: { message: '' },

  onReserve() {
    requireLogin(() => this.setData({ message: '已预约，请带身份证' }))
  },

  onAccount() {
    openAccountPage()
  },
})
