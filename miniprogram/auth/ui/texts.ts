import { inLanguage } from '../core/language'

/** Words that pages everywhere use. Of a dialog's buttons WeChat takes four characters, in any language. */
export const COMMON_TEXTS = inLanguage(
  {
    understood: '知道了',
    cancel: '取消',
    retry: '再试一次',
    toLogin: '去登录',
  },
  {
    understood: 'OK',
    cancel: 'No',
    retry: 'Try again',
    toLogin: 'Log in',
  },
)

/** What a user reads at launch while another WeChat account asks for what theirs holds. */
export const TRANSFER_TEXTS = inLanguage(
  {
    title: '是你本人吗？',
    content: '有人用这个账号的手机号登录了另一个微信号，并申请把此账号的内容转过去。没有你的同意不会转走。',
    confirmText: '去处理',
    cancelText: '稍后',
  },
  {
    title: 'Is this you?',
    content:
      'Somebody logged in to another WeChat account with this account’s phone number and asks to move what this account holds there. Nothing moves without your consent.',
    confirmText: 'View',
    cancelText: 'Wait',
  },
)
