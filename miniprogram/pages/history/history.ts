import { confirm, ERROR_TEXTS, openPage, sameLogin, showTitle } from '../../auth/index'
import type { VisitView } from '../../services/history'
import { clearHistory, visits } from '../../services/history'
import { emptyList, listPage } from '../../services/owned-list'
import { TEXTS } from '../../texts'

Page({
  ...listPage(visits, { ...TEXTS.undoBar, removed: TEXTS.history.removed, nameOf: ({ city }) => city }),
  data: { texts: TEXTS.history, ...emptyList<VisitView>(), clearing: false },

  onReady() {
    showTitle(TEXTS.history.title)
  },

  onOpen(event: WechatMiniprogram.BaseEvent) {
    const city = encodeURIComponent(event.currentTarget.dataset['city'])
    openPage(`/pages/destination/destination?city=${city}`, this.route)
  },

  onDiscover() {
    openPage('/pages/discover/discover', this.route)
  },

  async onClear() {
    const { clearQuestion: title, clearHint: content, clearConfirm: confirmText } = TEXTS.history
    if (this.data.clearing || !(await confirm({ title, content, confirmText, isDangerous: true }))) return
    this.setData({ clearing: true, notice: '' })
    const isCurrent = sameLogin()
    const outcome = await clearHistory()
    this.setData({ clearing: false })
    if (!isCurrent()) return
    if (outcome.ok) wx.showToast({ title: TEXTS.history.cleared, icon: 'success' })
    else this.setData({ notice: ERROR_TEXTS[outcome.failure], canRetry: false })
  },
})
