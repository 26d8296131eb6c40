import { h } from '../base/dom.ts'

/** The bar above the keyboard of a nickname field: a tap fills in the user's WeChat nickname. */
export class NicknameBar {
  readonly element = h('div', { class: 'nickname-bar', hidden: true })

  show(nickname: string, take: () => void): void {
    const button = h('button', { type: 'button' }, '用微信昵称：', h('b', {}, nickname))
    // On mousedown: a click comes after the input has lost the focus, which hides the bar.
    button.addEventListener('mousedown', (event) => {
      event.preventDefault()
      take()
      this.hide()
    })
    this.element.replaceChildren(button)
    this.element.hidden = false
  }

  hide(): void {
    this.element.hidden = true
  }
}
