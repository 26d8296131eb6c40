import { openAccountPage } from '../../auth/index'

Page({
  data: {},

  onAccount() {
    openAccountPage()
  }
})
