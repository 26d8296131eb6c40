import { h, sleep } from '../base/dom.ts'
import { isUnsafe } from '../device/wechat-profile.ts'
import { builtIn, type Host } from './host.ts'
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

/** Running checks of nicknames, by their field. */
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

/** Offers the WeChat nickname, after consent to the privacy guide and since base library 2.21.2. */
async function offerNickname(host: Host<InputData>): Promise<void> {
  const { device, privacy } = host.services
  if (host.data.type !== 'nickname' || host.data.disabled || device.settings.current.oldLibrary) return
  const needsConsent = privacy.needsAuthorization
  try {
    await privacy.requireConsent('nickname')
  } catch {
    return
  }
  // The sheet took the focus. Focusing the field again calls this function again.
  if (needsConsent) fieldOf(host)?.focus({ preventScroll: true })
  else {
    const { nickname } = device.accounts
    device.nicknameBar.show(nickname, () => typeText(host, nickname))
  }
}

/**
 * WeChat checks a nickname after it was typed, and removes one that it rejects. A nickname that changes
 * during its check is checked when the field loses the focus again.
 */
async function reviewNickname(host: Host<InputData>): Promise<void> {
  const { device } = host.services
  device.nicknameBar.hide()
  const { offline, oldLibrary } = device.settings.current
  if (oldLibrary) return
  const nickname = textOf(host.data.value)
  await sleep(REVIEW_MILLISECONDS)
  if (textOf(host.data.value) !== nickname) return
  const pass = !offline && !isUnsafe(nickname)
  if (!pass && !offline) {
    typeText(host, '')
    const toast = { title: '无法使用该昵称', icon: 'none', mask: false, durationMilliseconds: 2000 } as const
    device.toast.show('toast', toast)
  }
  host.fire('nicknamereview', { pass, timeout: offline })
}
