import { showTitle } from '../../../auth/ui/title'
import { privacyPolicy } from '../../legal/privacy-policy'
import { TEXTS } from '../../utils/texts'

Page({
  data: {
    document: privacyPolicy,
    texts: TEXTS.privacy,
    /** WeChat's own page of the declared privacy guide, from base library 2.32.3. */
    hasGuide: typeof wx.openPrivacyContract === 'function',
  },

  onReady() {
    showTitle(TEXTS.titles.privacy)
  },

  onGuide() {
    wx.openPrivacyContract({})
  },
})
