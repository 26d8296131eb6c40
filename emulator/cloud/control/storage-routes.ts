import * as v from 'valibot'
import type { CloudParts } from '../cloud-parts.ts'
import { ControlError, openidSchema, parse, type Route } from './route.ts'

const uploadInput = v.object({ openid: openidSchema, cloudPath: v.unknown() })
const fileListInput = v.object({ openid: openidSchema, fileList: v.array(v.unknown()) })

/** `wx.cloud.uploadFile` asks this first, then puts the bytes to the address it is given. */
function upload({ clientStorage, users }: CloudParts, input: unknown) {
  const { openid, cloudPath } = parse(uploadInput, input)
  users.touch(openid)
  return clientStorage.upload(openid, cloudPath)
}

function urls({ clientStorage }: CloudParts, input: unknown) {
  // Everybody reads: whoever asks gets the same.
  return clientStorage.urls(parse(fileListInput, input).fileList)
}

function deleteFiles({ clientStorage, users }: CloudParts, input: unknown) {
  const { openid, fileList } = parse(fileListInput, input)
  users.touch(openid)
  return clientStorage.delete(openid, fileList)
}

/** All files, the latest first. `url` is good for ten minutes. */
function listFiles({ files, storage }: CloudParts) {
  const all = files.list().sort((a, b) => b.uploadedAt - a.uploadedAt)
  return {
    files: all.map(({ path, creator, sizeBytes, uploadedAt }) => {
      const fileID = storage.fileId(path)
      const url = storage.urls([fileID])[0]?.tempFileURL
      return { path, fileID, ...(creator === undefined ? {} : { creator }), sizeBytes, uploadedAt, url }
    }),
  }
}

function removeFile({ files }: CloudParts, input: unknown): void {
  const { path } = parse(v.object({ path: v.string() }), input)
  if (!files.remove(path)) throw new ControlError(404, 'there is no such file')
}

export const storageRoutes: readonly Route[] = [
  { method: 'POST', path: 'storage/upload', topic: 'files', handle: upload },
  { method: 'POST', path: 'storage/urls', topic: 'files', handle: urls },
  { method: 'POST', path: 'storage/delete', topic: 'files', handle: deleteFiles },
  { method: 'GET', path: 'storage/files', handle: listFiles },
  { method: 'DELETE', path: 'storage/files', topic: 'files', handle: removeFile },
]
