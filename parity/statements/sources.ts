const WECHAT = 'https://developers.weixin.qq.com'

/** Pages of WeChat's and Tencent's documents that say something of a statement. */
export const SOURCES = {
  context: `${WECHAT}/miniprogram/dev/wxcloud/reference-server-api/utils/getWXContext.html`,
  mechanism: `${WECHAT}/miniprogram/dev/wxcloud/guide/functions/mechanism.html`,
  notice: `${WECHAT}/minigame/dev/wxcloud/guide/functions/notice.html`,
  triggers: `${WECHAT}/miniprogram/dev/wxcloudservice/wxcloud/guide/functions/triggers.md`,
  upload: `${WECHAT}/minigame/dev/wxcloud/reference-sdk-api/storage/uploadFile/server.uploadFile.md`,
  address: `${WECHAT}/miniprogram/dev/wxcloudservice/wxcloudrun/src/development/storage/miniapp/gettempurl.html`,
  errors: `${WECHAT}/minigame/dev/wxcloud/reference/errcode.html`,
  transaction: `${WECHAT}/minigame/dev/wxcloud/guide/database/transaction.md`,
  phoneNumber: `${WECHAT}/minigame/dev/api-backend/open-api/phonenumber/phonenumber.getPhoneNumber.html`,
  messageCheck: `${WECHAT}/minigame/dev/api-backend/open-api/sec-check/security.msgSecCheck.html`,
  realtimeButton: `${WECHAT}/miniprogram/dev/framework/open-ability/getRealtimePhoneNumber.md`,
  profile: `${WECHAT}/miniprogram/en/dev/framework/open-ability/userProfile.html`,
  privacySetting: `${WECHAT}/miniprogram/dev/api/open-api/privacy/wx.getPrivacySetting.md`,
  random: `${WECHAT}/miniprogram/dev/api/device/crypto/wx.getRandomValues.md`,
  dialog: `${WECHAT}/miniprogram/en/dev/api/ui/interaction/wx.showModal.html`,
  variables: 'https://www.tencentcloud.com/zh/document/product/583/32748',
  secondArgument: 'https://cloud.tencent.com/document/product/583/9210',
  reuse: 'https://cloud.tencent.com/document/product/583/9694',
  log: 'https://www.tencentcloud.com/zh/document/product/583/40703',
  runtimes: 'https://docs.cloudbase.net/cloud-function/how-works',
} as const
