import type { Failed, Outcome } from '../../../auth/core/outcome'
import { failed, isTransient } from '../../../auth/core/outcome'
import { watchLogin } from '../../../auth/session/launch'
import { isLoggedIn } from '../../../auth/session/session-state'
import { sameLogin } from '../../../auth/storage/login-epoch'
import { confirm } from '../../../auth/ui/confirm'
import { ERROR_TEXTS } from '../../../auth/ui/error-texts'
import { goHome, isOnTop } from '../../../auth/ui/navigation'
import { COMMON_TEXTS } from '../../../auth/ui/texts'
import { showTitle } from '../../../auth/ui/title'
import type { TransferView } from '../../services/transfer'
import {
  acceptTransfer,
  cancelTransfer,
  NO_TRANSFER,
  readTransfer,
  refuseTransfer,
  reloadOnceMoved,
  requestTransfer,
} from '../../services/transfer'
import { TEXTS } from '../../utils/texts'

/** One person, two WeChat accounts: asks the other account for what it holds, and answers what this account is asked. */
Page({
  data: {
    texts: TEXTS.transfer,
    isLoggedIn: true,
    ...NO_TRANSFER,
    /** True from the start, until it is known whether a user is logged in. */
    loading: true,
    /** What is under way; empty for nothing. */
    working: '' as '' | 'accept' | 'refuse' | 'request' | 'cancel',
    notice: '',
    /** Whether the notice offers to load again. */
    canRetry: false,
  },
  stopListening: () => {},
  /** Counts the requests: only the last answer counts. */
  requests: 0,
  wasHidden: false,

  onReady() {
    showTitle(TEXTS.titles.transfer)
  },

  onLoad() {
    this.stopListening = watchLogin((isLoggedIn) => {
      // A yes ends the login meanwhile; the page must not ask for a login then.
      if (this.data.working !== 'accept') this.begin(isLoggedIn)
    })
  },

  /** Another login may be another account: nothing of the last one stays on the screen. */
  begin(isLoggedIn: boolean) {
    this.setData({ isLoggedIn, ...NO_TRANSFER, notice: '', working: '', loading: isLoggedIn })
    this.requests += 1
    if (isLoggedIn) this.fetch()
  },

  /** The other account may have answered meanwhile. */
  onShow() {
    if (this.wasHidden) this.load()
    this.wasHidden = false
  },

  onHide() {
    this.wasHidden = true
  },

  onUnload() {
    this.stopListening()
  },

  async onPullDownRefresh() {
    await this.load()
    wx.stopPullDownRefresh()
  },

  onRetry() {
    this.load()
  },

  async load() {
    if (this.data.isLoggedIn && !this.data.loading && this.data.working === '') await this.fetch()
  },

  /** @param notice of the action before */
  async fetch(notice = '') {
    this.requests += 1
    const number = this.requests
    this.setData({ loading: true, notice, canRetry: false })
    const outcome = await readTransfer().catch(() => failed('INVALID_RESPONSE'))
    if (number !== this.requests || !this.data.isLoggedIn) return
    if (outcome.ok) this.show(outcome.data)
    // After SIGNED_OUT the login page shows the reason.
    else if (outcome.failure === 'SIGNED_OUT') this.setData({ loading: false })
    else this.setData({ loading: false, notice: ERROR_TEXTS[outcome.failure], canRetry: true })
  },

  show(view: TransferView) {
    this.setData({ ...view, loading: false })
    reloadOnceMoved(view)
  },

  onRequest() {
    return this.act('request', requestTransfer, TEXTS.transfer.requestSent)
  },

  async onCancel() {
    const { cancelQuestion: title, cancelConfirm: confirmText, cancelled } = TEXTS.transfer
    const isCurrent = sameLogin()
    if ((await confirm({ title, confirmText })) && isCurrent())
      await this.act('cancel', cancelTransfer, cancelled)
  },

  async onRefuse() {
    const { question } = this.data
    const {
      refuseQuestion: title,
      refuseConsequence: content,
      refuseConfirm: confirmText,
      refused,
    } = TEXTS.transfer
    const isCurrent = sameLogin()
    if (!question || !(await confirm({ title, content, confirmText })) || !isCurrent()) return
    await this.act('refuse', () => refuseTransfer(question.id), refused)
  },

  /** Then loads what is true now. */
  async act(
    working: 'refuse' | 'request' | 'cancel',
    call: () => Promise<Outcome<unknown>>,
    success: string,
  ) {
    if (this.data.working !== '') return
    this.setData({ working, notice: '' })
    const isCurrent = sameLogin()
    const outcome = await call().catch(() => failed('INVALID_RESPONSE'))
    if (!isCurrent()) return
    this.setData({ working: '' })
    if (!outcome.ok) return this.fail(outcome)
    wx.showToast({ title: success, icon: 'none' })
    await this.fetch()
  },

  async onAccept() {
    const { question } = this.data
    const { acceptQuestion: title, acceptConsequence: content, acceptConfirm: confirmText } = TEXTS.transfer
    const isCurrent = sameLogin()
    if (!question || !(await confirm({ title, content, confirmText, isDangerous: true }))) return
    if (isCurrent()) await this.accept(question.id)
  },

  async accept(id: string) {
    if (this.data.working !== '') return
    this.setData({ working: 'accept', notice: '' })
    const isCurrent = sameLogin()
    const outcome = await acceptTransfer(id).catch(() => failed('INVALID_RESPONSE'))
    if (outcome.ok || outcome.failure === 'ACCOUNT_CLOSED') {
      const content = outcome.ok ? TEXTS.transfer.accepted : ERROR_TEXTS.ACCOUNT_CLOSED
      // A user who is on another page by now stays there.
      if (isOnTop(this)) goHome(() => this.end(content))
      else this.end(content)
      return
    }
    if (!isCurrent()) return this.begin(isLoggedIn())
    this.setData({ working: '' })
    await this.fail(outcome, isTransient(outcome) ? TEXTS.transfer.unfinished : '')
  },

  /**
   * Shows why, and leaves the button for another try. A reason of the transfer's own says that something has changed, and
   * is shown with what is true now. Otherwise nothing is loaded: the account may be closing, and accepts the same yes alone.
   */
  async fail({ failure }: Failed, more = '') {
    // After SIGNED_OUT the login page shows the reason.
    const notice = failure === 'SIGNED_OUT' ? '' : ERROR_TEXTS[failure] + more
    if (failure.indexOf('TRANSFER_') === 0) await this.fetch(notice)
    else this.setData({ notice, canRetry: false })
  },

  /** The account is closed, and this phone is logged out. */
  end(content: string) {
    wx.showModal({ content, showCancel: false, confirmText: COMMON_TEXTS.understood })
    this.begin(isLoggedIn())
  },
})
