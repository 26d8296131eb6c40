import { h } from '../base/dom.ts'
import type { Device } from './device.ts'
import type { AccountNumbers } from './wechat-accounts.ts'

/**
 * The number that WeChat has for this phone's account. Another one is typed, or taken from another account by one
 * click: then two WeChat accounts have one number, as when a person has both, or a number gets a new owner.
 */
export function drawNumber({ accounts }: Device): HTMLElement {
  const current = h('output', {})
  const problem = h('p', { role: 'alert', class: 'problem' })
  const others = h('div', { class: 'buttons' })
  const bind = (number: string) =>
    accounts.bind(number).then(
      () => problem.replaceChildren(),
      () => problem.replaceChildren('没有绑定：只写数字，外国号码以 + 和国家代码开头'),
    )
  const typed = h('input', { name: 'phone-number', placeholder: '13800138000', autocomplete: 'off' })
  const form = h(
    'form',
    {
      submit: (event) => {
        event.preventDefault()
        void bind(typed.value)
      },
    },
    h('label', {}, '换成', typed, h('button', { type: 'submit' }, '绑定')),
  )
  accounts.onChange((numbers) => {
    current.textContent = numbers.own ?? '还没有：第一次使用时由微信分配'
    others.replaceChildren(...drawOthers(numbers, bind))
  })
  void accounts.follow()
  return h('fieldset', {}, h('legend', {}, '微信绑定的手机号'), current, form, others, problem)
}

function drawOthers({ own, others }: AccountNumbers, bind: (number: string) => void): HTMLElement[] {
  return others.map(({ openid, number }) => {
    const isSame = number === own
    const text = isSame ? `与 ${openid} 同号 ✓` : `与 ${openid} 同号`
    return h('button', { type: 'button', title: number, disabled: isSame, click: () => bind(number) }, text)
  })
}
