import { chooseAvatar } from '../services/choose-avatar.ts'
import { requestPhoneNumber } from '../services/phone-number.ts'
import { userInfo } from '../services/user-info.ts'
import { showContact, showFeedback } from '../services/wechat-chat.ts'
import { instanceAround } from './component-instance.ts'
import { isButtonOf, resetForm, submitForm } from './form.ts'
import { builtIn, type Host } from './host.ts'
import { share } from './share.ts'

interface ButtonData {
  type: string
  size: string
  plain: boolean
  disabled: boolean
  loading: boolean
  formType: string
  openType: string
  hoverClass: string
  phoneNumberNoQuotaToast: boolean
  lang: string
  sessionFrom: string
  sendMessageTitle: string
  sendMessagePath: string
  sendMessageImg: string
  showMessageCard: boolean
  appParameter: string
}

type OpenType = (host: Host<ButtonData>) => void | Promise<void>

const phoneNumber =
  (event: string, realtime: boolean): OpenType =>
  async (host) => {
    const quotaToast = host.data.phoneNumberNoQuotaToast
    host.fire(event, await requestPhoneNumber(host.services, { realtime, quotaToast }))
  }

/** The open types of a button. The phone reports any other one to the tester. */
export const OPEN_TYPES: Readonly<Record<string, OpenType>> = {
  agreePrivacyAuthorization(host) {
    host.services.privacy.agreeByButton(host.id)
    host.fire('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' })
  },
  getPhoneNumber: phoneNumber('getphonenumber', false),
  getRealtimePhoneNumber: phoneNumber('getrealtimephonenumber', true),
  async chooseAvatar(host) {
    const avatarUrl = await chooseAvatar(host.services)
    if (avatarUrl !== undefined) host.fire('chooseavatar', { avatarUrl })
  },
  share,
  getUserInfo(host) {
    host.fire('getuserinfo', { errMsg: 'getUserInfo:ok', ...userInfo(true) })
  },
  async openSetting(host) {
    const authSetting = await host.services.permissions.openSettings()
    host.fire('opensetting', { errMsg: 'openSetting:ok', authSetting })
  },
  async contact(host) {
    const { sendMessageTitle, sendMessagePath } = host.data
    await showContact(host.services, { title: sendMessageTitle, path: sendMessagePath })
    host.fire('contact', { errMsg: 'enterContact:ok', path: sendMessagePath, query: {} })
  },
  feedback: (host) => showFeedback(host.services),
  launchApp(host) {
    // WeChat opens an app only from a mini-program that the app has opened: scene 1069.
    host.fire('error', { errMsg: 'launchApp:fail invalid scene' })
    host.fire('launchapp', { errMsg: 'launchApp:fail invalid scene' })
  },
}

export const button = builtIn<ButtonData>({
  properties: {
    type: '',
    size: '',
    plain: false,
    disabled: false,
    loading: false,
    formType: '',
    openType: '',
    hoverClass: 'button-hover',
    phoneNumberNoQuotaToast: true,
    lang: 'en',
    sessionFrom: '',
    sendMessageTitle: '',
    sendMessagePath: '',
    sendMessageImg: '',
    showMessageCard: false,
    appParameter: '',
  },
  draw({ element }) {
    element.setAttribute('role', 'button')
  },
  update({ element, data }) {
    // Without a value the attribute is absent: WeChat's style sheet treats that differently from type="default".
    for (const name of ['type', 'size'] as const) {
      if (data[name] !== '') element.setAttribute(name, data[name])
    }
    for (const name of ['plain', 'disabled', 'loading'] as const) element.toggleAttribute(name, data[name])
    element.tabIndex = data.disabled ? -1 : 0
    element.setAttribute('aria-disabled', String(data.disabled))
  },
  tap(host) {
    void openTypes(host)
    const around = instanceAround(host.element, 'wx-form')
    const form = around && isButtonOf(around, host) ? around : undefined
    if (form && host.data.formType === 'submit') void submitForm(form, host)
    if (form && host.data.formType === 'reset') resetForm(form)
  },
})

/** Runs all open types of `a|b`, consent to the privacy guide first: the others may need it. */
async function openTypes(host: Host<ButtonData>): Promise<void> {
  const names = host.data.openType.split('|').filter((name) => name !== '')
  names.sort((a, b) => Number(b === 'agreePrivacyAuthorization') - Number(a === 'agreePrivacyAuthorization'))
  for (const name of names) {
    const openType = OPEN_TYPES[name]
    if (openType) await openType(host)
    else reportUnimplemented(host, name)
  }
}

function reportUnimplemented({ owner, services: { device } }: Host<ButtonData>, name: string): void {
  const title = `这台手机没有实现 open-type="${name}"`
  device.errors.add(`${owner.path} <button> ${title}`)
  device.toast.show('toast', { title, icon: 'none', mask: false, durationMilliseconds: 2500 })
}
