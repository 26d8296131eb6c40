import { startSession } from './services/session'
import { openCloud } from './utils/cloud'
import { ENDING_TEXTS } from './utils/texts'

App({
  async onLaunch() {
    openCloud()
    const ended = await startSession()
    // Browsing goes on: whoever wants to log in again starts that themselves.
    if (ended) wx.showToast({ title: ENDING_TEXTS[ended], icon: 'none', duration: 4000 })
  },
})
