import { h } from '../base/dom.ts'
import { type PreviewItem, showPreview } from '../device/preview.ts'
import { showVerdictSheet } from '../device/verdict-sheet.ts'
import { ApiFailure } from '../services/api-failure.ts'
import { measurePicture, measureVideo } from '../services/media-size.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import type { Options } from './options.ts'
import type { PictureSource } from './picture-source.ts'

const DEFAULT_QUALITY = 80

/** Showing, saving and compressing pictures and videos. */
export function mediaApis(
  { device, privacy, permissions, appName }: WxContext,
  pictures: PictureSource,
): WxApis {
  const { files, overlay } = device
  const preview = async (items: readonly { url: string; type: 'image' | 'video' }[], current: number) => {
    if (items.length === 0) throw new Error('parameter error: there is nothing to show')
    const shown = await Promise.all(
      items.map(async ({ url, type }): Promise<PreviewItem> => ({ url: await pictures.address(url), type })),
    )
    void showPreview(overlay, shown, current)
  }
  /** @throws `auth deny` */
  const save = async (options: Options, api: string) => {
    await privacy.requireConsent(api)
    await permissions.require('scope.writePhotosAlbum')
    const path = options.text('filePath')
    const file = await pictures.load(path)
    const link = h('a', { href: URL.createObjectURL(file), download: path.split('/').at(-1) })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }
  return {
    previewImage: asynchronous('previewImage', async (options) => {
      const urls = options.list('urls').map(String)
      const current = options.value('current')
      const index = typeof current === 'number' ? current : urls.indexOf(String(current ?? ''))
      await preview(
        urls.map((url) => ({ url, type: 'image' })),
        index,
      )
    }),
    previewMedia: asynchronous('previewMedia', async (options) => {
      const sources = options.list('sources') as { url?: unknown; type?: unknown }[]
      const items = sources.map(({ url, type }) => ({
        url: String(url ?? ''),
        type: type === 'video' ? ('video' as const) : ('image' as const),
      }))
      await preview(items, options.number('current', 0))
    }),
    showShareImageMenu: asynchronous('showShareImageMenu', async (options) => {
      const url = await pictures.address(options.text('path'))
      const verdict = await showVerdictSheet(overlay, {
        appName,
        title: '分享图片',
        content: [h('div', { class: 'card' }, h('img', { src: url, alt: '要分享的图片' }))],
        deny: '取消',
        allow: '发送给朋友',
      })
      if (verdict === 'deny') throw new Error('cancel')
    }),
    saveImageToPhotosAlbum: asynchronous('saveImageToPhotosAlbum', (options) =>
      save(options, 'saveImageToPhotosAlbum'),
    ),
    saveVideoToPhotosAlbum: asynchronous('saveVideoToPhotosAlbum', (options) =>
      save(options, 'saveVideoToPhotosAlbum'),
    ),
    saveFileToDisk: asynchronous('saveFileToDisk', (options) => save(options, 'saveFileToDisk')),
    openDocument: asynchronous('openDocument', async (options) => {
      const path = options.text('filePath')
      const file = files.find(path)
      if (!file) throw new ApiFailure(`no such file or directory "${path}"`, { errno: 1300002 })
      const verdict = await showVerdictSheet(overlay, {
        appName,
        title: '打开文件',
        text: `${path.split('/').at(-1)}，${file.size} 字节。真机上由微信显示；这里可以下载到这台电脑。`,
        deny: '返回',
        allow: '下载',
      })
      if (verdict === 'allow') h('a', { href: files.urlOf(path), download: path.split('/').at(-1) }).click()
    }),
    compressImage: asynchronous('compressImage', async (options) => {
      const file = await pictures.load(options.text('src'))
      return { tempFilePath: files.keep(await compress(file, options), 'jpg') }
    }),
    compressVideo: asynchronous('compressVideo', async (options) => {
      const file = await pictures.load(options.text('src'))
      device.errors.note('compressVideo：这台手机不压缩视频，结果是原文件')
      return { tempFilePath: files.keep(file), size: Math.ceil(file.size / 1024) }
    }),
    cropImage: asynchronous('cropImage', async (options) => {
      const file = await pictures.load(options.text('src'))
      device.errors.note('cropImage：这台手机不裁剪，结果是原图')
      return { tempFilePath: files.keep(file) }
    }),
    editImage: asynchronous('editImage', async (options) => {
      const file = await pictures.load(options.text('src'))
      device.errors.note('editImage：这台手机不编辑图片，结果是原图')
      return { tempFilePath: files.keep(file) }
    }),
    getImageInfo: asynchronous('getImageInfo', async (options) => {
      const source = options.text('src')
      const file = await pictures.load(source)
      const { width, height } = await measurePicture(file)
      const isHere = files.find(source) !== undefined || !/^(cloud|https?|data):/.test(source)
      const type = /^image\/(\w+)/.exec(file.type)?.[1] ?? 'unknown'
      return { width, height, path: isHere ? source : files.keep(file), type, orientation: 'up' }
    }),
    getVideoInfo: asynchronous('getVideoInfo', async (options) => {
      const file = await pictures.load(options.text('src'))
      const type = /^video\/(\w+)/.exec(file.type)?.[1] ?? 'mp4'
      const measured = await measureVideo(file)
      return { orientation: 'up', type, ...measured, size: Math.ceil(file.size / 1024), fps: 30, bitrate: 0 }
    }),
  }
}

async function compress(file: Blob, options: Options): Promise<Blob> {
  const bitmap = await createImageBitmap(file)
  const asked = { width: options.number('compressedWidth', 0), height: options.number('compressedHeight', 0) }
  const scale =
    asked.width > 0 ? asked.width / bitmap.width : asked.height > 0 ? asked.height / bitmap.height : 1
  const width = asked.width || Math.round(bitmap.width * scale)
  const height = asked.height || Math.round(bitmap.height * scale)
  const canvas = h('canvas', { width, height })
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height)
  const quality = options.number('quality', DEFAULT_QUALITY) / 100
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
  if (!blob) throw new Error('compress image fail')
  return blob
}
