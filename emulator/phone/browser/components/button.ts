import { chooseAvatar } from '../app/choose-avatar.ts'
import { builtIn, type Host } from '../app/host.ts'
import { mountedAround } from '../app/mounted.ts'
import { requestPhoneNumber } from '../app/phone-number.ts'
import { resetForm, submitForm } from './form.ts'
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
}

type OpenType = (host: Host<ButtonData>) => void | Promise<void>

const phoneNumber =
  (event: string, realtime: boolean): OpenType =>
  async (host) => {
    const quotaToast = host.data.phoneNumberNoQuotaToast
    host.fire(event, await requestPhoneNumber(host.services, { realtime, quotaToast }))
  }

/** What a button can open. A name that is not here is told to the tester. */
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
  },
  draw({ element }) {
    element.setAttribute('role', 'button')
  },
  update({ element, data }) {
    // Only what the author wrote: WeChat's style sheet tells a button without a type from one of type default.
    for (const name of ['type', 'size'] as const) {
      if (data[name] !== '') element.setAttribute(name, data[name])
    }
    for (const name of ['plain', 'disabled', 'loading'] as const) element.toggleAttribute(name, data[name])
    element.tabIndex = data.disabled ? -1 : 0
    element.setAttribute('aria-disabled', String(data.disabled))
  },
  tap(host) {
    void open(host)
    const form = mountedAround(host.element, 'wx-form')
    if (form && host.data.formType === 'submit') void submitForm(form, host)
    if (form && host.data.formType === 'reset') resetForm(form)
  },
})

/** `a|b` opens both; consent to the privacy guide counts for what is opened with it. */
async function open(host: Host<ButtonData>): Promise<void> {
  const names = host.data.openType.split('|').filter((name) => name !== '')
  names.sort((a, b) => Number(b === 'agreePrivacyAuthorization') - Number(a === 'agreePrivacyAuthorization'))
  for (const name of names) {
    const openType = OPEN_TYPES[name]
    if (openType) await openType(host)
    else notImplemented(host, name)
  }
}

function notImplemented({ owner, services: { device } }: Host<ButtonData>, name: string): void {
  const title = `这台手机没有实现 open-type="${name}"`
  device.errors.add(`${owner.path} <button> ${title}`)
  device.toast.show('toast', { title, icon: 'none', mask: false, durationMilliseconds: 2500 })
}
