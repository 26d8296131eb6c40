import type { Answer } from './answer'
import { describe, outcome } from './answer'
import { schemeOf } from './mask'

const PATH = 'parity/phone.txt'
const KEY = 'parity-file'

const ignore = () => undefined

function localFile(text: string): string {
  const path = `${wx.env.USER_DATA_PATH}/parity.txt`
  wx.getFileSystemManager().writeFileSync(path, text, 'utf8')
  return path
}

async function upload(text: string): Promise<Answer> {
  try {
    const result = await wx.cloud.uploadFile({ cloudPath: PATH, filePath: localFile(text) })
    wx.setStorageSync(KEY, result.fileID)
    return { ok: describe(result), fileID: schemeOf(result.fileID), path: result.fileID.endsWith(`/${PATH}`) }
  } catch (error) {
    return { fail: describe(error) }
  }
}

async function readBack(): Promise<Answer> {
  const { fileList } = await wx.cloud.getTempFileURL({ fileList: [String(wx.getStorageSync(KEY))] })
  const { tempFilePath } = await wx.cloud.downloadFile({ fileID: String(wx.getStorageSync(KEY)) })
  const text = wx.getFileSystemManager().readFileSync(tempFilePath, 'utf8')
  return { address: describe(fileList[0]), text: text === 'second' ? 'the second' : 'the first' }
}

/** The error of the database of a mini-program, which the typings call a promise of a result only. */
const read = (collection: string) => outcome(wx.cloud.database().collection(collection).limit(1).get())

/** Questions about `wx.cloud`, by name. */
export const CLOUD_ASKS: Readonly<Record<string, () => Promise<Answer>>> = {
  'phone.cloud.missing-function': () => outcome(wx.cloud.callFunction({ name: 'parity-none', data: {} })),
  'phone.cloud.missing-collection': () => read('parity_none'),
  'phone.cloud.other-environment': () =>
    outcome(wx.cloud.callFunction({ name: 'parity-none', data: {}, config: { env: 'parity-none' } })),
  'phone.cloud.upload': () => upload('first'),
  'phone.cloud.overwrite': async () => ({ upload: await upload('second'), read: await readBack() }),
  'phone.cloud.bad-path': () =>
    outcome(wx.cloud.uploadFile({ cloudPath: '/parity//phone.txt', filePath: localFile('x') })),
  'phone.cloud.missing-file': () =>
    outcome(wx.cloud.downloadFile({ fileID: 'cloud://parity.none/none.txt' })),
  'phone.cloud.delete': async () => {
    const { fileList } = await wx.cloud.deleteFile({ fileList: [String(wx.getStorageSync(KEY))] })
    wx.removeStorage({ key: KEY, complete: ignore })
    return describe(fileList[0])
  },
  'phone.offline.function': () => outcome(wx.cloud.callFunction({ name: 'parity-none', data: {} })),
  'phone.offline.database': () => read('parity_none'),
  'phone.offline.upload': () => upload('offline'),
  'phone.offline.address': () =>
    outcome(wx.cloud.getTempFileURL({ fileList: ['cloud://parity.none/none.txt'] })),
  'phone.offline.login': () => outcome(wx.login()),
}
