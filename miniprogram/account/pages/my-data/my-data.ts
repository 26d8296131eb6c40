import { failed } from '../../../auth/core/outcome'
import { watchLogin } from '../../../auth/session/launch'
import { getUserInfo } from '../../../auth/session/session-state'
import { sameLogin } from '../../../auth/storage/login-epoch'
import { ERROR_TEXTS } from '../../../auth/ui/error-texts'
import { showTitle } from '../../../auth/ui/title'
import { exportAccount } from '../../services/account'
import type { MyData, MyDataView } from '../../services/my-data'
import { viewMyData } from '../../services/my-data'
import { copyText } from '../../utils/clipboard'
import { TEXTS } from '../../utils/texts'

Page({
  data: {
    texts: TEXTS.myData,
    isLoggedIn: true,
    view: null as MyDataView | null,
    /** Masked, unless the user shows the whole number. */
    phone: '',
    hasPhone: false,
    phoneShown: false,
    loading: false,
    copying: false,
    notice: '',
  },
  /** The answer, for the clipboard. Only in memory, while this page is open. */
  exported: undefined as MyData | undefined,
  stopListening: () => {},
  isGone: false,

  onReady() {
    showTitle(TEXTS.titles.myData)
  },

  onLoad() {
    this.stopListening = watchLogin((isLoggedIn) => {
      this.forget()
      this.setData({ isLoggedIn, loading: false })
    })
  },

  onUnload() {
    this.isGone = true
    this.stopListening()
    this.forget()
  },

  /** The number is hidden when the page is shown again. */
  onHide() {
    this.showPhone(false)
  },

  forget() {
    this.exported = undefined
    this.setData({ view: null, phone: '', phoneShown: false, notice: '' })
  },

  async onLoadData() {
    if (this.data.loading) return
    this.setData({ loading: true, notice: '' })
    const isCurrent = sameLogin()
    const outcome = await exportAccount().catch(() => failed('INVALID_RESPONSE'))
    if (!isCurrent() || this.isGone) return
    this.setData({ loading: false })
    if (!outcome.ok) {
      this.setData({ notice: ERROR_TEXTS[outcome.failure] })
      return
    }
    this.exported = outcome.data
    this.setData({ view: viewMyData(outcome.data), hasPhone: outcome.data.account.phone !== '' })
    this.showPhone(false)
  },

  onTogglePhone() {
    this.showPhone(!this.data.phoneShown)
  },

  showPhone(phoneShown: boolean) {
    if (!this.exported) return
    const { phone } = this.exported.account
    const masked = getUserInfo()?.phone || TEXTS.myData.noPhone
    this.setData({ phoneShown, phone: phoneShown ? phone : masked })
  },

  async onCopy() {
    if (!this.exported || this.data.copying) return
    this.setData({ copying: true, notice: '' })
    const isCopied = await copyText(JSON.stringify(this.exported, null, 2))
    this.setData({ copying: false, notice: isCopied ? '' : TEXTS.myData.notCopied })
    if (isCopied) wx.showToast({ title: TEXTS.myData.copied, icon: 'success' })
  },
})
