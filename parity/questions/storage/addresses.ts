import { setTimeout as wait } from 'node:timers/promises'
import { type Question, question } from '../../core/question.ts'
import { addressOf, fetchAddress, MISSING, statusOf, storageOf, upload } from './files.ts'

const area = 'storage'
const settles = ['storage-temporary-address']

const list = (what: string, fileList: unknown): Question =>
  question(`storage.address-${what}`, {
    area,
    settles,
    ask: async (cloud) => statusOf(await storageOf(cloud).getTempFileURL({ fileList })),
  })

/** Temporary addresses and downloads. */
export const ADDRESS_QUESTIONS: readonly Question[] = [
  question('storage.address-answer', {
    area,
    settles,
    ask: async (cloud) => {
      const fileID = await upload(cloud, 'address.txt')
      const { fileList, errMsg } = await storageOf(cloud).getTempFileURL({ fileList: [fileID] })
      const { status, maxAge } = fileList[0] ?? {}
      return { errMsg, fields: Object.keys(fileList[0] ?? {}).sort(), status, maxAge }
    },
  }),
  question('storage.address-max-age', {
    area,
    settles,
    ask: async (cloud) => {
      const fileID = await upload(cloud, 'age.txt')
      const { fileList } = await storageOf(cloud).getTempFileURL({ fileList: [{ fileID, maxAge: 120 }] })
      return { status: fileList[0]?.status, maxAge: fileList[0]?.maxAge }
    },
  }),
  question('storage.address-of-removed-file', {
    area,
    settles,
    ask: async (cloud) => {
      const fileID = await upload(cloud, 'removed.txt')
      await storageOf(cloud).deleteFile({ fileList: [fileID] })
      return statusOf(await storageOf(cloud).getTempFileURL({ fileList: [fileID] }))
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
  question('storage.address-is-fetched', {
    area,
    settles,
    ask: async (cloud) => {
      const address = await addressOf(cloud, await upload(cloud, 'fetched.txt', 'fetched'))
      const { status, text } = await fetchAddress(address)
      return { status, text }
    },
  }),
  question('storage.address-content-type', {
    area,
    settles,
    ask: async (cloud) => {
      const address = await addressOf(cloud, await upload(cloud, 'picture.png', 'no picture'))
      return (await fetchAddress(address)).type
    },
  }),
  question('storage.address-after-overwrite', {
    area,
    settles: ['storage-temporary-address', 'storage-overwrite'],
    ask: async (cloud) => {
      const address = await addressOf(cloud, await upload(cloud, 'later.txt', 'first'))
      await upload(cloud, 'later.txt', 'second')
      return (await fetchAddress(address)).text
    },
  }),
  question('storage.address-after-its-time', {
    area,
    settles,
    milliseconds: 2500,
    ask: async (cloud) => {
      const address = await addressOf(cloud, await upload(cloud, 'expired.txt'), 1)
      await wait(1500)
      return (await fetchAddress(address)).status
    },
  }),
  question('storage.download-answer', {
    area,
    settles: ['storage-download'],
    ask: async (cloud) => {
      const fileID = await upload(cloud, 'download.txt')
      const answer = await storageOf(cloud).downloadFile({ fileID })
      return { fields: Object.keys(answer).sort(), isBuffer: Buffer.isBuffer(answer.fileContent) }
    },
  }),
  question('storage.download-of-removed-file', {
    area,
    settles: ['storage-download'],
    ask: async (cloud) => {
      const fileID = await upload(cloud, 'gone.txt')
      await storageOf(cloud).deleteFile({ fileList: [fileID] })
      return storageOf(cloud).downloadFile({ fileID })
    },
  }),
  question('storage.download-of-other-environment', {
    area,
    settles: ['storage-download'],
    ask: (cloud) => storageOf(cloud).downloadFile({ fileID: MISSING }),
  }),
  question('storage.download-of-malformed-id', {
    area,
    settles: ['storage-download'],
    ask: (cloud) => storageOf(cloud).downloadFile({ fileID: 'parity/none.txt' }),
  }),
]
