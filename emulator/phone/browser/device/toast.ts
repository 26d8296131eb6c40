import { h } from '../base/dom.ts'

export interface ToastOptions {
  title: string
  icon: 'success' | 'error' | 'loading' | 'none'
  /** Address of a picture that replaces the icon. */
  image?: string
  /** Blocks taps on the page below. */
  mask: boolean
  /** Absent for a toast that stays until it is hidden. */
  durationMilliseconds?: number
}

/** The toast or loading box in the middle of the screen: the one that was shown last. */
export class Toast {
  readonly #layer: HTMLElement
  #shown: { box: HTMLElement; kind: 'toast' | 'loading' } | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(layer: HTMLElement) {
    this.#layer = layer
  }

  show(kind: 'toast' | 'loading', { title, icon, image, mask, durationMilliseconds }: ToastOptions): void {
    this.#remove()
    const picture =
      image === undefined ? h('i', { class: `toast-${icon}` }) : h('img', { src: image, alt: '' })
    const plain = icon === 'none' && image === undefined
    const box = h(
      'div',
      { class: plain ? 'toast toast-plain' : 'toast', role: 'status' },
      !plain && picture,
      h('span', {}, title),
    )
    const layer = h('div', { class: mask ? 'toast-layer toast-mask' : 'toast-layer' }, box)
    this.#layer.append(layer)
    this.#shown = { box: layer, kind }
    if (durationMilliseconds !== undefined) {
      this.#timer = setTimeout(() => this.#remove(), durationMilliseconds)
    }
  }

  /** @param kind hides a box of this kind only; absent for any */
  hide(kind?: 'toast' | 'loading'): void {
    if (kind === undefined || this.#shown?.kind === kind) this.#remove()
  }

  #remove(): void {
    clearTimeout(this.#timer)
    this.#shown?.box.remove()
    this.#shown = undefined
  }
}
