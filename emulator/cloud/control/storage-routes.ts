import * as v from 'valibot'
import type { CloudServices } from '../cloud-services.ts'
import { type BodySchema, ControlError, openidSchema, parse, type Routes } from './route.ts'

const uploadInput = v.object({
  openid: openidSchema,
  cloudPath: v.unknown(),
}) satisfies BodySchema<'POST storage/upload'>
const fileListInput = v.object({
  openid: openidSchema,
  fileList: v.array(v.unknown()),
}) satisfies BodySchema<'POST storage/urls'>
const removeInput = v.object({ path: v.string() }) satisfies BodySchema<'DELETE storage/files'>

/** `wx.cloud.uploadFile` asks this first, then puts the bytes to the address it is given. */
function upload({ clientStorage, users }: CloudServices, input: unknown) {
  const { openid, cloudPath } = parse(uploadInput, input)
  users.touch(openid)
  return clientStorage.upload(openid, cloudPath)
}

function urls({ clientStorage }: CloudServices, input: unknown) {
  const { openid, fileList } = parse(fileListInput, input)
  return clientStorage.urls(openid, fileList)
}

function deleteFiles({ clientStorage, users }: CloudServices, input: unknown) {
  const { openid, fileList } = parse(fileListInput, input)
  users.touch(openid)
  return clientStorage.delete(openid, fileList)
}

/** All files, the latest first. `url` is good for ten minutes. */
function listFiles({ files, storage }: CloudServices) {
  const all = files.list().sort((a, b) => b.uploadedAt - a.uploadedAt)
  return {
    files: all.map(({ path, creator, sizeBytes, uploadedAt }) => {
      const fileID = storage.fileId(path)
      const url = storage.urls([fileID])[0]?.tempFileURL
      return { path, fileID, ...(creator === undefined ? {} : { creator }), sizeBytes, uploadedAt, url }
    }),
  }
}

function removeFile({ files }: CloudServices, input: unknown): void {
  const { path } = parse(removeInput, input)
  if (!files.remove(path)) throw new ControlError(404, 'there is no such file')
}

export const storageRoutes = {
  'POST storage/upload': { topic: 'files', handle: upload },
  'POST storage/urls': { topic: 'files', handle: urls },
  'POST storage/delete': { topic: 'files', handle: deleteFiles },
  'GET storage/files': { handle: listFiles },
  'DELETE storage/files': { topic: 'files', handle: removeFile },
} satisfies Partial<Routes>
