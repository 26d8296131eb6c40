import { privacyPolicy } from '../../utils/privacy-policy'
import { TEXTS } from '../../utils/texts'

Page({
  data: {
    document: privacyPolicy,
    texts: TEXTS.privacy,
    /** WeChat's own page of what is declared to it, from base library 2.32.3. */
    hasGuide: typeof wx.openPrivacyContract === 'function',
  },

  onGuide() {
    wx.openPrivacyContract({})
  },
})
