import { type Question, question } from '../../core/question.ts'
import { MISSING, statusOf, storageOf, upload } from './files.ts'

const area = 'storage'
const settles = ['storage-delete']

const list = (what: string, fileList: unknown): Question =>
  question(`storage.delete-${what}`, {
    area,
    settles,
    ask: async (cloud) => statusOf(await storageOf(cloud).deleteFile({ fileList })),
  })

/** Deletions, with those that are refused. */
export const DELETION_QUESTIONS: readonly Question[] = [
  question('storage.delete-answer', {
    area,
    settles,
    ask: async (cloud) => {
      const fileID = await upload(cloud, 'deleted.txt')
      const { fileList, errMsg } = await storageOf(cloud).deleteFile({ fileList: [fileID] })
      return { errMsg, fields: Object.keys(fileList[0] ?? {}).sort(), status: fileList[0]?.status }
    },
  }),
  question('storage.delete-twice', {
    area,
    settles,
    ask: async (cloud) => {
      const fileID = await upload(cloud, 'deleted.txt')
      await storageOf(cloud).deleteFile({ fileList: [fileID] })
      return statusOf(await storageOf(cloud).deleteFile({ fileList: [fileID] }))
    },
  }),
  question('storage.delete-some-missing', {
    area,
    settles,
    ask: async (cloud) => {
      const fileID = await upload(cloud, 'some.txt')
      const gone = fileID.replace('some.txt', 'never-there.txt')
      return statusOf(await storageOf(cloud).deleteFile({ fileList: [gone, fileID] }))
    },
  }),
  list('of-other-environment', [MISSING]),
  list('of-malformed-id', ['parity/none.txt']),
  list('of-no-file', []),
  list(
    'of-51-files',
    Array.from({ length: 51 }, () => MISSING),
  ),
  list('without-list', undefined),
]
