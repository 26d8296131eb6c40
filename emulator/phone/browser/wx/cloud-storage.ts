import { ApiFailure } from '../services/api-failure.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import { requireAnswer } from './cloud-failure.ts'
import type { Options } from './options.ts'
import { transferApi } from './transfer-task.ts'

/** WeChat's code for a missing or invalid parameter. */
const BAD_PARAMETER = -401002

const SENT = ['totalBytesSent', 'totalBytesExpectedToSend'] as const
const WRITTEN = ['totalBytesWritten', 'totalBytesExpectedToWrite'] as const

/**
 * Cloud storage: all users read a file, only its creator overwrites or deletes it.
 * @param requireInit throws until `wx.cloud.init` was called
 */
export function cloudStorageApis({ device }: WxContext, requireInit: () => void): WxApis {
  const { cloudFiles, files } = device
  return {
    uploadFile: transferApi('uploadFile', SENT, (options, task) => {
      requireInit()
      const file = files.find(requireText(options, 'filePath'))
      const cloudPath = requireText(options, 'cloudPath')
      if (!file) throw new ApiFailure('file not found', { errCode: BAD_PARAMETER })
      return requireAnswer(cloudFiles.upload(cloudPath, file, task.transferOptions))
    }),
    downloadFile: transferApi('downloadFile', WRITTEN, async (options, task) => {
      requireInit()
      const fileID = requireText(options, 'fileID')
      const { file, statusCode } = await requireAnswer(cloudFiles.download(fileID, task.transferOptions))
      return { tempFilePath: files.keep(file, extensionOf(fileID)), statusCode }
    }),
    getTempFileURL: asynchronous('cloud.getTempFileURL', (options) => {
      requireInit()
      return requireAnswer(cloudFiles.urls(options.list('fileList')))
    }),
    deleteFile: asynchronous('cloud.deleteFile', (options) => {
      requireInit()
      return requireAnswer(cloudFiles.delete(options.list('fileList')))
    }),
  }
}

function requireText(options: Options, name: string): string {
  const value = options.value(name)
  if (typeof value === 'string' && value !== '') return value
  throw new ApiFailure(`parameter.${name} should be non-empty String`, { errCode: BAD_PARAMETER })
}

function extensionOf(fileID: string): string {
  return /\.(\w+)$/.exec(fileID)?.[1] ?? 'bin'
}
