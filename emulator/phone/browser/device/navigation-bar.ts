import { h } from '../base/dom.ts'

export interface NavigationBarState {
  title: string
  background: string
  /** Of title and status bar. */
  textStyle: 'black' | 'white'
  leftButton: 'back' | 'home' | 'none'
  /** The page draws the bar itself; the phone draws the capsule only. */
  isCustom: boolean
  isLoading: boolean
}

/** Status bar, title, back button and the capsule of every mini-program. */
export class NavigationBar {
  readonly element = h('header', { class: 'navigation' })
  readonly #statusBarHeight: number
  readonly #onLeft: (button: 'back' | 'home') => void
  readonly #onMenu: () => void
  readonly #onClose: () => void
  readonly #now: () => number

  constructor(options: {
    statusBarHeight: number
    now: () => number
    onLeft: (button: 'back' | 'home') => void
    onMenu: () => void
    onClose: () => void
  }) {
    this.#statusBarHeight = options.statusBarHeight
    this.#onLeft = options.onLeft
    this.#onMenu = options.onMenu
    this.#onClose = options.onClose
    this.#now = options.now
    setInterval(() => this.showTime(), 10_000)
  }

  show({ title, background, textStyle, leftButton, isCustom, isLoading }: NavigationBarState): void {
    this.element.className = `navigation navigation-${textStyle}${isCustom ? ' navigation-custom' : ''}`
    this.element.style.background = isCustom ? 'none' : background
    const left =
      leftButton !== 'none' &&
      h(
        'button',
        {
          type: 'button',
          class: `left left-${leftButton}`,
          'aria-label': leftButton === 'back' ? '返回' : '返回首页',
          click: () => this.#onLeft(leftButton),
        },
        h('i'),
      )
    this.element.replaceChildren(
      h(
        'div',
        { class: 'status-bar', style: `height: ${this.#statusBarHeight}px`, 'aria-hidden': 'true' },
        h('span', { class: 'time' }),
        h('span', { class: 'signals' }, h('i', { class: 'signal' }), h('i', { class: 'battery' })),
      ),
      h(
        'div',
        { class: 'title-bar' },
        !isCustom && left,
        !isCustom &&
          h(
            'span',
            { class: 'title' },
            isLoading && h('i', { class: 'toast-loading' }),
            h('span', {}, title),
          ),
        h(
          'div',
          { class: 'capsule' },
          h(
            'button',
            { type: 'button', 'aria-label': '更多', click: () => this.#onMenu() },
            h('i', { class: 'dots' }),
          ),
          h(
            'button',
            { type: 'button', 'aria-label': '关闭', click: () => this.#onClose() },
            h('i', { class: 'target' }),
          ),
        ),
      ),
    )
    this.showTime()
  }

  /** Updates the time in the status bar. */
  showTime(): void {
    const time = new Date(this.#now())
    const element = this.element.querySelector('.time')
    if (element) element.textContent = `${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}`
  }
}
