import { h } from '../base/dom.ts'
import type { Device } from './device.ts'
import type { AccountNumbers } from './wechat-accounts.ts'

/**
 * The number that WeChat has for this phone's account. Another one is typed, or taken from another account by one
 * choice: then two WeChat accounts have one number, as when a person has both, or a number gets a new owner.
 */
export function drawNumber({ accounts }: Device): HTMLElement {
  const current = h('output', {})
  const problem = h('p', { role: 'alert', class: 'problem' })
  const others = h('select', { change: () => void bind(others.value) })
  const sharing = h('label', { hidden: true }, '与另一个账号同号', others)
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
    sharing.hidden = numbers.others.length === 0
    others.replaceChildren(...drawOthers(numbers))
  })
  void accounts.follow()
  return h('fieldset', {}, h('legend', {}, '微信绑定的手机号'), current, form, sharing, problem)
}

/** One for each account; chosen is one that has this phone's number. */
function drawOthers({ own, others }: AccountNumbers): HTMLElement[] {
  const shared = others.find(({ number }) => number === own)
  const none = h('option', { value: '', disabled: true, selected: shared === undefined }, '选一个账号…')
  return [
    none,
    ...others.map((other) => {
      const { openid, number } = other
      return h('option', { value: number, selected: other === shared }, `${openid} · ${number}`)
    }),
  ]
}
