import { h } from '../base/dom.ts'
import type { Overlay } from './overlay.ts'

export interface PreviewItem {
  /** Address for the browser. */
  url: string
  type: 'image' | 'video'
}

/** WeChat's viewer of pictures on the whole screen: a tap closes it, the arrows turn over. */
export function showPreview(
  overlay: Overlay,
  items: readonly PreviewItem[],
  first: number,
): Promise<'closed'> {
  return overlay.prompt<'closed'>('dialog', '预览', 'closed', (finish) => {
    let current = Math.min(Math.max(first, 0), items.length - 1)
    const view = h('div', { class: 'preview', click: () => finish('closed') })
    const show = (index: number) => {
      const item = items[index]
      if (!item) return
      current = index
      const turn = (step: number, name: string) =>
        h(
          'button',
          {
            type: 'button',
            'aria-label': name,
            disabled: items[current + step] === undefined,
            click: (event) => {
              event.stopPropagation()
              show(current + step)
            },
          },
          step < 0 ? '‹' : '›',
        )
      view.replaceChildren(
        item.type === 'video'
          ? h('video', { src: item.url, controls: true, autoplay: true })
          : h('img', { src: item.url, alt: `第 ${index + 1} 张图片` }),
        h('p', {}, turn(-1, '上一张'), h('span', {}, `${index + 1} / ${items.length}`), turn(1, '下一张')),
      )
    }
    show(current)
    return [view]
  })
}
