import { exportAccount } from '../../services/account'
import type { MyData, MyDataView } from '../../services/my-data'
import { viewMyData } from '../../services/my-data'
import { watchLogin } from '../../services/session'
import { getUserInfo } from '../../services/session-state'
import { copyText } from '../../utils/clipboard'
import { failed } from '../../utils/failure'
import { sameLogin } from '../../utils/login-epoch'
import { ENDING_TEXTS, TEXTS } from '../../utils/texts'

Page({
  data: {
    texts: TEXTS.myData,
    isLoggedIn: true,
    view: null as MyDataView | null,
    /** Masked, until the user wants to see the whole number. */
    phone: '',
    hasPhone: false,
    phoneShown: false,
    loading: false,
    copying: false,
    notice: '',
  },
  /** As it came, for the clipboard. It lives as long as this page and is stored nowhere. */
  exported: undefined as MyData | undefined,
  stopListening: () => {},
  isGone: false,

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

  /** Whoever looks over a shoulder later sees no number. */
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
    const outcome = await exportAccount().catch(() => failed('BROKEN_ANSWER'))
    if (!isCurrent() || this.isGone) return
    this.setData({ loading: false })
    if (!outcome.ok) {
      this.setData({ notice: ENDING_TEXTS[outcome.failure] })
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
