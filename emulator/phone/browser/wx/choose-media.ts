import { examplePicture, type MediaRequest, showMediaSheet } from '../device/media-sheet.ts'
import { measurePicture, measureVideo } from '../services/media-size.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import type { Options } from './options.ts'

const MAX_IMAGES = 9
const MAX_FILES = 100
const EXAMPLE = { label: '用示例图片', make: examplePicture }

/** Pictures, videos and files that the user chooses. */
export function chooseMediaApis({ device, privacy }: WxContext): WxApis {
  const { files } = device
  /** @throws `cancel` when nothing was chosen */
  const choose = async (api: string, request: MediaRequest) => {
    await privacy.requireConsent(api)
    const chosen = await showMediaSheet(device.overlay, request)
    if (chosen.length === 0) throw new Error('cancel')
    return chosen.map((file) => ({ file, path: files.keep(file, extensionOf(file)) }))
  }
  return {
    chooseImage: asynchronous('chooseImage', async (options) => {
      const count = countOf(options, MAX_IMAGES)
      const chosen = await choose('chooseImage', {
        title: '选择图片',
        accept: 'image/*',
        count,
        example: EXAMPLE,
      })
      return {
        tempFilePaths: chosen.map(({ path }) => path),
        tempFiles: chosen.map(({ path, file }) => ({ path, size: file.size })),
      }
    }),
    chooseMedia: asynchronous('chooseMedia', async (options) => {
      const types = options.has('mediaType') ? options.list('mediaType') : ['image', 'video']
      const hasVideo = types.includes('video') || types.includes('mix')
      const hasImage = types.includes('image') || types.includes('mix')
      const accept = [hasImage && 'image/*', hasVideo && 'video/*'].filter(Boolean).join(',')
      const chosen = await choose('chooseMedia', {
        title: hasImage ? (hasVideo ? '选择图片或视频' : '选择图片') : '选择视频',
        accept,
        count: countOf(options, MAX_IMAGES),
        ...(hasImage ? { example: EXAMPLE } : {}),
      })
      const tempFiles = await Promise.all(
        chosen.map(async ({ path, file }) => ({
          tempFilePath: path,
          size: file.size,
          ...(file.type.startsWith('video/')
            ? { fileType: 'video', ...(await measureVideo(file)), thumbTempFilePath: '' }
            : { fileType: 'image', ...(await measurePicture(file)) }),
        })),
      )
      const kinds = new Set(tempFiles.map(({ fileType }) => fileType))
      return { tempFiles, type: kinds.size > 1 ? 'mix' : ([...kinds][0] ?? 'image') }
    }),
    chooseVideo: asynchronous('chooseVideo', async () => {
      const [chosen] = await choose('chooseVideo', { title: '选择视频', accept: 'video/*', count: 1 })
      if (!chosen) throw new Error('cancel')
      return {
        tempFilePath: chosen.path,
        size: chosen.file.size,
        ...(await measureVideo(chosen.file)),
        thumbTempFilePath: '',
      }
    }),
    chooseMessageFile: asynchronous('chooseMessageFile', async (options) => {
      const type = options.text('type', 'all')
      const endings = options.list('extension').map((ending) => `.${String(ending).replace(/^\./, '')}`)
      const accept = { image: 'image/*', video: 'video/*', all: '' }[type] ?? endings.join(',')
      const count = countOf(options, MAX_FILES)
      const chosen = await choose('chooseMessageFile', { title: '选择聊天里的文件', accept, count })
      return {
        tempFiles: chosen.map(({ path, file }) => ({
          path,
          name: file.name,
          size: file.size,
          time: Math.floor(file.lastModified / 1000),
          type: /^(image|video)\//.exec(file.type)?.[1] ?? 'file',
        })),
      }
    }),
  }
}

function countOf(options: Options, most: number): number {
  return Math.min(Math.max(Math.trunc(options.number('count', 9)), 1), most)
}

function extensionOf(file: File): string {
  return /\.(\w+)$/.exec(file.name)?.[1]?.toLowerCase() ?? /^\w+\/(?:x-)?(\w+)/.exec(file.type)?.[1] ?? 'bin'
}
