import { h } from '../base/dom.ts'
import { ApiFailure } from '../services/api-failure.ts'
import { addCanvasMembers } from '../services/canvas-node.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import { createCanvasContext } from './canvas-context.ts'
import { Options } from './options.ts'
import type { PictureSource } from './picture-source.ts'

/** Canvases: of the page by `canvas-id` or node, and off the screen. */
export function canvasApis({ device, pages }: WxContext, pictures: PictureSource): WxApis {
  const find = (id: string): HTMLCanvasElement | undefined => {
    const name = CSS.escape(id)
    const layer = pages.top?.layer
    return (
      layer?.querySelector<HTMLCanvasElement>(`[canvas-id="${name}"] canvas, canvas[canvas-id="${name}"]`) ??
      layer?.querySelector<HTMLCanvasElement>(`[id="${name}"] canvas, [id$="--${name}"] canvas`) ??
      undefined
    )
  }
  const canvasOf = (options: Options): HTMLCanvasElement => {
    const node = options.value('canvas')
    const found = node instanceof HTMLCanvasElement ? node : find(options.text('canvasId'))
    if (!found) throw new ApiFailure('canvas is empty')
    return found
  }
  return {
    createCanvasContext: (id: unknown) =>
      createCanvasContext(() => surfaceOf(find(String(id)), device.model.pixelRatio), pictures),
    createOffscreenCanvas: (first?: unknown, second?: unknown) => {
      const options = new Options(first)
      const width = typeof first === 'number' ? first : options.number('width', 300)
      const height = typeof second === 'number' ? second : options.number('height', 150)
      return addCanvasMembers(h('canvas', { width, height }), device.files)
    },
    canvasToTempFilePath: asynchronous('canvasToTempFilePath', async (options) => {
      const canvas = canvasOf(options)
      // A canvas of the old kind has device pixels; options count in CSS pixels.
      const ratio = canvas.dataset['scale'] ? Number(canvas.dataset['scale']) : 1
      const [x, y] = [options.number('x', 0) * ratio, options.number('y', 0) * ratio]
      const width = options.number('width', canvas.width / ratio - x / ratio) * ratio
      const height = options.number('height', canvas.height / ratio - y / ratio) * ratio
      const target = h('canvas', {
        width: Math.round(options.number('destWidth', width)),
        height: Math.round(options.number('destHeight', height)),
      })
      target.getContext('2d')?.drawImage(canvas, x, y, width, height, 0, 0, target.width, target.height)
      const isJpeg = /^jpe?g$/.test(options.text('fileType'))
      const blob = await new Promise<Blob | null>((resolve) =>
        target.toBlob(resolve, isJpeg ? 'image/jpeg' : 'image/png', options.number('quality', 1)),
      )
      if (!blob) throw new ApiFailure('create bitmap failed')
      return { tempFilePath: device.files.keep(blob, isJpeg ? 'jpg' : 'png') }
    }),
    canvasGetImageData: asynchronous('canvasGetImageData', (options) => {
      const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => options.number(name, 0))
      const context = canvasOf(options).getContext('2d')
      const { data } = context?.getImageData(x ?? 0, y ?? 0, width ?? 0, height ?? 0) ?? {}
      return { width, height, data }
    }),
    canvasPutImageData: asynchronous('canvasPutImageData', (options) => {
      const data = options.value('data') as Uint8ClampedArray<ArrayBuffer>
      const image = new ImageData(data, options.number('width', 0))
      canvasOf(options).getContext('2d')?.putImageData(image, options.number('x', 0), options.number('y', 0))
    }),
  }
}

/** The drawing surface of an old canvas in CSS pixels: its size is set at the first drawing. */
function surfaceOf(
  canvas: HTMLCanvasElement | undefined,
  pixelRatio: number,
): CanvasRenderingContext2D | undefined {
  const context = canvas?.getContext('2d')
  if (!canvas || !context) return undefined
  if (canvas.dataset['scale'] === undefined) {
    canvas.dataset['scale'] = String(pixelRatio)
    canvas.width = Math.round((canvas.clientWidth || 300) * pixelRatio)
    canvas.height = Math.round((canvas.clientHeight || 150) * pixelRatio)
    context.scale(pixelRatio, pixelRatio)
  }
  return context
}
