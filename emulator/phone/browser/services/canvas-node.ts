import type { TemporaryFiles } from '../device/files.ts'
import { assetUrl } from './asset-url.ts'

/** Members of WeChat's canvas node that the browser's canvas does not have. */
export interface CanvasMembers {
  createImage(): HTMLImageElement
  createImageData(width: number, height: number): ImageData
  createPath2D(path?: Path2D | string): Path2D
  requestAnimationFrame(callback: FrameRequestCallback): number
  cancelAnimationFrame(id: number): void
}

/** Makes a canvas of the browser what `node` of a selector query, or `wx.createOffscreenCanvas`, gives. */
export function addCanvasMembers(
  canvas: HTMLCanvasElement,
  files: TemporaryFiles,
): HTMLCanvasElement & CanvasMembers {
  const members: CanvasMembers = {
    createImage: () => createImage(files),
    createImageData: (width, height) => new ImageData(width, height),
    createPath2D: (path) => new Path2D(path),
    requestAnimationFrame: (callback) => requestAnimationFrame(callback),
    cancelAnimationFrame: (id) => cancelAnimationFrame(id),
  }
  return Object.assign(canvas, members)
}

const src = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src')

/** An image whose `src` is what a mini-program calls a picture: its own file, a temporary path, or a URL. */
function createImage(files: TemporaryFiles): HTMLImageElement {
  const image = new Image()
  let source = ''
  Object.defineProperty(image, 'src', {
    get: () => source,
    set: (value: unknown) => {
      source = String(value)
      src?.set?.call(image, assetUrl(source, '', files))
    },
  })
  return image
}
