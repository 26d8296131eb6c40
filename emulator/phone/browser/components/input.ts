import { builtIn, type Host } from '../app/host.ts'
import { isUnsafe, WECHAT_NICKNAME } from '../device/wechat-profile.ts'
import { h, sleep } from '../dom.ts'
import {
  drawTextField,
  fieldOf,
  resetTextField,
  type TextFieldData,
  textFieldProperties,
  textOf,
  typeText,
  updateTextField,
} from './text-field.ts'

interface InputData extends TextFieldData {
  type: string
  password: boolean
}

const INPUT_MODES: Readonly<Record<string, string>> = { number: 'numeric', digit: 'decimal', idcard: 'text' }
const REVIEW_MILLISECONDS = 200

/** Nicknames that WeChat is looking at, by their field. */
const reviews = new WeakMap<HTMLElement, Promise<void>>()

export const input = builtIn<InputData>({
  properties: { ...textFieldProperties, type: 'text', password: false },
  draw(host) {
    const field = h('input', { autocomplete: 'off' })
    drawTextField(host, field)
    field.addEventListener('focus', () => void offerNickname(host))
    field.addEventListener('blur', () => {
      if (host.data.type === 'nickname') reviews.set(host.element, reviewNickname(host))
    })
  },
  update(host) {
    updateTextField(host)
    const field = host.element.querySelector('input')
    if (!field) return
    field.type = host.data.password || host.data.type === 'safe-password' ? 'password' : 'text'
    field.inputMode = INPUT_MODES[host.data.type] ?? 'text'
    field.enterKeyHint = host.data.confirmType
  },
  settled: ({ element }) => reviews.get(element),
  formValue: ({ data }) => textOf(data.value),
  reset: resetTextField,
})

/** Without consent to the privacy guide, or before base library 2.21.2, a nickname is typed like any text. */
async function offerNickname(host: Host<InputData>): Promise<void> {
  const { device, privacy } = host.services
  if (host.data.type !== 'nickname' || host.data.disabled || device.settings.current.oldLibrary) return
  const isAsked = privacy.needsAuthorization
  try {
    await privacy.require('nickname')
  } catch {
    return
  }
  // The question took the focus; when that comes back, so does this function.
  if (isAsked) fieldOf(host)?.focus({ preventScroll: true })
  else device.nicknameBar.show(WECHAT_NICKNAME, () => typeText(host, WECHAT_NICKNAME))
}

/** WeChat looks at a nickname after it was typed, and takes out what it does not allow. */
async function reviewNickname(host: Host<InputData>): Promise<void> {
  const { device } = host.services
  device.nicknameBar.hide()
  const { offline, oldLibrary } = device.settings.current
  if (oldLibrary) return
  await sleep(REVIEW_MILLISECONDS)
  const pass = !offline && !isUnsafe(textOf(host.data.value))
  if (!pass && !offline) {
    typeText(host, '')
    const toast = { title: '无法使用该昵称', icon: 'none', mask: false, durationMilliseconds: 2000 } as const
    device.toast.show('toast', toast)
  }
  host.fire('nicknamereview', { pass, timeout: offline })
}
