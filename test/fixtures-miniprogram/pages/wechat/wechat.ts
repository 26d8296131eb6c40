type Decide = (decision: { event: string; buttonId?: string }) => void

Page({
  data: { log: '', avatar: '' },
  decide: undefined as Decide | undefined,
  say(value: unknown) {
    this.setData({ log: JSON.stringify(value) })
  },
  onEvent({ type, detail }: { type: string; detail: Record<string, unknown> }) {
    const { code, ...rest } = detail
    this.say({ type, ...rest, ...(code ? { code: typeof code } : {}) })
  },
  onListen() {
    wx.onNeedPrivacyAuthorization((resolve: unknown) => {
      this.decide = resolve as Decide
      this.say('请决定')
    })
    this.say('已监听')
  },
  onAgree() {
    if (this.decide) this.decide({ event: 'agree', buttonId: 'agree' })
    else this.say('已同意')
  },
  onDisagree() {
    this.decide?.({ event: 'disagree' })
  },
  onSetting() {
    wx.getPrivacySetting({ success: ({ needAuthorization }) => this.say({ needAuthorization }) })
  },
  onRequire() {
    wx.requirePrivacyAuthorize({ success: (result) => this.say(result), fail: (error) => this.say(error) })
  },
  onAvatar({ detail }: { detail: { avatarUrl: string } }) {
    this.setData({ avatar: detail.avatarUrl, log: detail.avatarUrl.slice(0, 11) })
  },
  onModal() {
    wx.showModal({
      title: '标题 <b>',
      content: '内容 <img src=x onerror=hurt()>',
      editable: false,
      success: ({ confirm, cancel }) => this.say({ confirm, cancel }),
    })
  },
  onSheet() {
    wx.showActionSheet({
      itemList: ['甲', '乙'],
      success: ({ tapIndex }) => this.say({ tapIndex }),
      fail: ({ errMsg }) => this.say({ errMsg }),
    })
  },
  onLoading() {
    wx.showLoading({ title: '加载中', mask: true })
    setTimeout(() => wx.hideLoading(), 300)
  },
  onMissing() {
    wx.scanCode({ fail: ({ errMsg }) => this.say({ errMsg }) })
  },
  onMissingSync() {
    wx.createInnerAudioContext()
  },
  onStorage() {
    wx.setStorageSync('值', { 是: [1, true, null] })
    const missing = wx.getStorageSync('没有')
    wx.getStorage({ key: '值', success: ({ data }) => this.say({ data, missing }) })
  },
  onNetwork() {
    wx.onNetworkStatusChange((status) => this.say(status))
    wx.getNetworkType({ success: ({ networkType }) => this.say({ networkType }) })
  },
  onSystem() {
    const { SDKVersion, windowWidth, safeArea, platform } = wx.getSystemInfoSync()
    this.say({
      SDKVersion,
      windowWidth,
      bottom: safeArea.bottom,
      platform,
      device: typeof wx.getDeviceInfo,
      canPrivacy: wx.canIUse('getPrivacySetting'),
      canScan: wx.canIUse('scanCode'),
    })
  },
  onTitle() {
    wx.setNavigationBarTitle({ title: '新标题' })
    wx.setNavigationBarColor({ frontColor: '#ffffff', backgroundColor: '#000000' })
  },
  onThrow() {
    throw new Error('小程序自己的错误')
  },
})
