import { TEXTS } from '../../utils/texts'

/** The line under the login button. It shows what the page says and never ticks itself. Event: `toggle`. */
Component({
  properties: {
    checked: { type: Boolean, value: false },
  },
  data: { texts: TEXTS.login },
  methods: {
    onToggle() {
      this.triggerEvent('toggle')
    },
    onOpen(event: { currentTarget: { dataset: { page?: string } } }) {
      const { page } = event.currentTarget.dataset
      wx.navigateTo({ url: `/pages/${page}/${page}` })
    },
  },
})
