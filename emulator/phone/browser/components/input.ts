import { builtIn, type Host } from '../app/host.ts'
import { h } from '../dom.ts'
import {
  drawTextField,
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
const WECHAT_NICKNAME = '微信用户'

export const input = builtIn<InputData>({
  properties: { ...textFieldProperties, type: 'text', password: false },
  draw(host) {
    const field = h('input', { autocomplete: 'off' })
    drawTextField(host, field)
    field.addEventListener('focus', () => void offerNickname(host))
    field.addEventListener('blur', () => {
      if (host.data.type === 'nickname') reviewNickname(host)
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
  formValue: ({ data }) => textOf(data.value),
  reset: resetTextField,
})

/** Without consent to the privacy guide a nickname is typed like any text. */
async function offerNickname(host: Host<InputData>): Promise<void> {
  if (host.data.type !== 'nickname' || host.data.disabled) return
  const { device, privacy } = host.services
  try {
    await privacy.require('nickname')
  } catch {
    return
  }
  device.nicknameBar.show(WECHAT_NICKNAME, () => typeText(host, WECHAT_NICKNAME))
}

/** WeChat looks at a nickname after it was typed, and takes out what it does not allow. */
function reviewNickname(host: Host<InputData>): void {
  host.services.device.nicknameBar.hide()
  const pass = !/违规|risky/.test(textOf(host.data.value))
  if (!pass) typeText(host, '')
  host.fire('nicknamereview', { pass, timeout: false })
}
