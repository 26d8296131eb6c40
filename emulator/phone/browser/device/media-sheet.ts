import { h } from '../base/dom.ts'
import type { Overlay } from './overlay.ts'

export interface MediaRequest {
  title: string
  /** MIME types or endings, as an `<input type="file">` takes them; empty for any file. */
  accept: string
  count: number
  /** Makes a file for testers who have none at hand. */
  example?: { label: string; make: () => Promise<File> }
}

/** WeChat's album, or a chat with files: the tester takes files of this machine. @returns none when it was closed */
export function showMediaSheet(
  overlay: Overlay,
  { title, accept, count, example }: MediaRequest,
): Promise<File[]> {
  return overlay.prompt<File[]>('sheet', title, [], (finish) => {
    // Not reachable by keyboard: the button opens it.
    const input = h('input', {
      type: 'file',
      accept,
      multiple: count > 1,
      class: 'avatar-file',
      'aria-hidden': 'true',
      tabindex: -1,
      change: () => finish([...(input.files ?? [])].slice(0, count)),
    })
    const action = (click: () => void, ...children: (Node | string)[]) =>
      h('button', { type: 'button', class: 'action', click }, ...children)
    const cancel = action(() => finish([]), '取消')
    cancel.classList.add('action-cancel')
    return [
      h('div', { class: 'action-title' }, title),
      action(() => input.click(), '从相册选择', h('small', {}, '这台电脑上的文件')),
      ...(example ? [action(() => void example.make().then((file) => finish([file])), example.label)] : []),
      cancel,
      input,
    ]
  })
}

/** Draws a picture for testers who have none at hand. */
export async function examplePicture(): Promise<File> {
  const canvas = h('canvas', { width: 600, height: 400 })
  const context = canvas.getContext('2d')
  if (context) {
    const sky = context.createLinearGradient(0, 0, 0, 400)
    sky.addColorStop(0, '#7db9e8')
    sky.addColorStop(1, '#fbe8c8')
    context.fillStyle = sky
    context.fillRect(0, 0, 600, 400)
    context.fillStyle = '#4c8c4a'
    context.beginPath()
    context.moveTo(0, 400)
    context.lineTo(200, 180)
    context.lineTo(360, 320)
    context.lineTo(460, 220)
    context.lineTo(600, 400)
    context.fill()
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return new File([blob ?? ''], 'example.png', { type: 'image/png' })
}
