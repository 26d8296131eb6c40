/** Words that pages everywhere use. */
export const COMMON_TEXTS = {
  understood: '知道了',
  cancel: '取消',
  retry: '再试一次',
  toLogin: '去登录',
} as const

/** What a user reads at launch while another WeChat account asks for what theirs holds. */
export const TRANSFER_TEXTS = {
  title: '是你本人吗？',
  content: '有人用这个账号的手机号登录了另一个微信号，并申请把此账号的内容转过去。没有你的同意不会转走。',
  confirmText: '去处理',
  cancelText: '稍后',
} as const
