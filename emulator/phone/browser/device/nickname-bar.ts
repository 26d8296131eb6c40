import { h } from '../dom.ts'

/** What stands above the keyboard while a nickname is typed: one tap takes WeChat's. */
export class NicknameBar {
  readonly element = h('div', { class: 'nickname-bar', hidden: true })

  show(nickname: string, take: () => void): void {
    const button = h('button', { type: 'button' }, '用微信昵称：', h('b', {}, nickname))
    // Before the input loses the focus, which hides the bar.
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
