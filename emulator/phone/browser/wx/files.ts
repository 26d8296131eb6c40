import { ApiFailure } from '../app/api-failure.ts'
import { assetUrl } from '../app/asset-url.ts'
import { asynchronous, type Options, type WxApis, type WxContext } from './api.ts'
import { answerOf } from './cloud-failure.ts'
import { withGaps } from './gaps.ts'

/** `wx`'s number for a file that is not there. */
const NO_SUCH_FILE = 1300002

/** What the mini-program may learn of the files it was given. */
export function fileApis({ device }: WxContext): WxApis {
  const { files, cloudFiles } = device
  const require = (options: Options) => {
    const path = options.text('filePath')
    const file = files.find(path)
    if (file) return file
    throw new ApiFailure(`no such file or directory "${path}"`, { errno: NO_SUCH_FILE })
  }
  const info = async (options: Options) => {
    const file = require(options)
    // Browsers have no MD5, which is what WeChat takes unless told otherwise.
    const digest = options.text('digestAlgorithm') === 'sha1' ? { digest: await sha1(file) } : {}
    return { size: file.size, ...digest }
  }
  const manager = withGaps('FileSystemManager', {
    getFileInfo: asynchronous('getFileInfo', info),
    readFile: asynchronous('readFile', async (options) => ({
      data: await decode(require(options), options),
    })),
  })
  return {
    getFileInfo: asynchronous('getFileInfo', info),
    getFileSystemManager: () => manager,
    getImageInfo: asynchronous('getImageInfo', async (options) => {
      const source = options.text('src')
      const file = files.find(source) ?? (await fetchPicture(source))
      const { width, height } = await sizeOf(file)
      const path = files.find(source) || !isRemote(source) ? source : files.keep(file)
      const type = /^image\/(\w+)/.exec(file.type)?.[1] ?? 'unknown'
      return { width, height, path, type, orientation: 'up' }
    }),
  }

  async function fetchPicture(source: string): Promise<Blob> {
    if (source.startsWith('cloud://')) return (await answerOf(cloudFiles.download(source))).file
    const response = await fetch(assetUrl(source, '', files))
    if (!response.ok) throw new Error('file not found')
    return response.blob()
  }
}

const isRemote = (source: string) => /^(cloud|https?):/.test(source)

async function sizeOf(picture: Blob): Promise<{ width: number; height: number }> {
  const image = new Image()
  image.src = URL.createObjectURL(picture)
  try {
    await image.decode()
    return { width: image.naturalWidth, height: image.naturalHeight }
  } catch {
    throw new Error('image decode failed')
  } finally {
    URL.revokeObjectURL(image.src)
  }
}

async function decode(file: Blob, options: Options): Promise<string | ArrayBuffer> {
  const position = options.number('position', 0)
  const part = file.slice(position, position + options.number('length', file.size))
  const encoding = options.text('encoding')
  switch (encoding) {
    case '':
      return part.arrayBuffer()
    case 'base64':
      return btoa(Array.from(await bytesOf(part), (byte) => String.fromCharCode(byte)).join(''))
    case 'hex':
      return hex(await bytesOf(part))
    case 'utf8':
    case 'utf-8':
      return part.text()
    default:
      throw new Error(`encoding ${encoding} is not implemented by this phone`)
  }
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())

const sha1 = async (file: Blob) =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-1', await file.arrayBuffer())))

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
