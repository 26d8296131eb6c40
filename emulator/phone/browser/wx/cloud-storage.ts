import { ApiFailure } from '../app/api-failure.ts'
import { asynchronous, type Options, type WxApis, type WxContext } from './api.ts'
import { answerOf } from './cloud-failure.ts'
import { transferring } from './transfer-task.ts'

/** SDK error: a parameter is missing, or of the wrong kind. */
const BAD_PARAMETER = -401002

const SENT = ['totalBytesSent', 'totalBytesExpectedToSend'] as const
const WRITTEN = ['totalBytesWritten', 'totalBytesExpectedToWrite'] as const

/**
 * Files in the cloud: everybody reads them, only who uploaded one overwrites or deletes it.
 * @param requireOpen throws until `wx.cloud.init` was called
 */
export function cloudStorageApis({ device }: WxContext, requireOpen: () => void): WxApis {
  const { cloudFiles, files } = device
  return {
    uploadFile: transferring('uploadFile', SENT, (options, task) => {
      requireOpen()
      const file = files.find(requireText(options, 'filePath'))
      const cloudPath = requireText(options, 'cloudPath')
      if (!file) throw new ApiFailure('file not found', { errCode: BAD_PARAMETER })
      return answerOf(cloudFiles.upload(cloudPath, file, task.watch))
    }),
    downloadFile: transferring('downloadFile', WRITTEN, async (options, task) => {
      requireOpen()
      const fileID = requireText(options, 'fileID')
      const { file, statusCode } = await answerOf(cloudFiles.download(fileID, task.watch))
      return { tempFilePath: files.keep(file, extensionOf(fileID)), statusCode }
    }),
    getTempFileURL: asynchronous('cloud.getTempFileURL', (options) => {
      requireOpen()
      return answerOf(cloudFiles.urls(options.list('fileList')))
    }),
    deleteFile: asynchronous('cloud.deleteFile', (options) => {
      requireOpen()
      return answerOf(cloudFiles.delete(options.list('fileList')))
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
