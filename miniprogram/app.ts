import { startSession } from './services/session'
import { openCloud } from './utils/cloud'
import { ENDING_TEXTS, TEXTS } from './utils/texts'

App({
  async onLaunch() {
    openCloud()
    const ended = await startSession()
    // A dialog, since a toast would cut the text. Browsing goes on; logging in again is the user's to start.
    if (ended) {
      wx.showModal({ content: ENDING_TEXTS[ended], showCancel: false, confirmText: TEXTS.app.understood })
    }
  },
})
