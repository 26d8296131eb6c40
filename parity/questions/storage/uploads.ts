import { type Question, type QuestionCloud, question } from '../../core/question.ts'
import { storageOf, tryPath, upload } from './files.ts'

const area = 'storage'
const paths = ['storage-cloud-path']

/** A question about a form of `cloudPath`. */
const path = (what: string, make: (path: string) => unknown): Question =>
  question(`storage.path-${what}`, {
    area,
    settles: paths,
    ask: async (cloud) => tryPath(cloud, make(await cloud.path(`form-${what}.txt`))),
  })

const content = (what: string, fileContent: unknown): Question =>
  question(`storage.content-${what}`, {
    area,
    settles: ['storage-upload-answer'],
    ask: async (cloud) => {
      const cloudPath = await cloud.path(`content-${what}.txt`)
      const { fileID, ...answer } = await storageOf(cloud).uploadFile({ cloudPath, fileContent })
      const { fileContent: bytes } = await storageOf(cloud).downloadFile({ fileID })
      return { answer, bytes: bytes.byteLength }
    },
  })

async function readBack(cloud: QuestionCloud, fileID: string): Promise<string> {
  const { fileContent } = await storageOf(cloud).downloadFile({ fileID })
  return fileContent.toString('utf8')
}

/** Uploads: forms of paths and contents, and a path that is used twice. */
export const UPLOAD_QUESTIONS: readonly Question[] = [
  question('storage.upload-answer', {
    area,
    settles: ['storage-upload-answer'],
    ask: async (cloud) => {
      const cloudPath = await cloud.path('answer.txt')
      const answer = await storageOf(cloud).uploadFile({ cloudPath, fileContent: Buffer.from('x') })
      return { fields: Object.keys(answer).sort(), statusCode: answer.statusCode, errMsg: answer.errMsg }
    },
  }),
  question('storage.file-id-form', {
    area,
    settles: ['storage-file-id'],
    ask: async (cloud) => {
      const fileID = await upload(cloud, 'id-form.txt')
      const [, host = '', path] = /^cloud:\/\/([^/]+)\/(.*)$/.exec(fileID) ?? []
      const environment = cloud.environment['TCB_ENV'] ?? cloud.environment['SCF_NAMESPACE'] ?? ''
      return {
        startsWithEnvironment: host.startsWith(`${environment}.`),
        parts: host.split('.').length,
        path,
      }
    },
  }),
  question('storage.overwrite-keeps-id', {
    area,
    settles: ['storage-overwrite'],
    ask: async (cloud) => {
      const first = await upload(cloud, 'twice.txt', 'first')
      return first === (await upload(cloud, 'twice.txt', 'second'))
    },
  }),
  question('storage.overwrite-replaces-content', {
    area,
    settles: ['storage-overwrite'],
    ask: async (cloud) => {
      await upload(cloud, 'twice.txt', 'first')
      return readBack(cloud, await upload(cloud, 'twice.txt', 'second'))
    },
  }),
  question('storage.overwrite-at-once', {
    area,
    settles: ['storage-overwrite'],
    ask: async (cloud) => {
      const texts = ['one', 'two', 'three']
      const ids = await Promise.all(texts.map((text) => upload(cloud, 'at-once.txt', text)))
      return { ids: new Set(ids).size, isOneOfThem: texts.includes(await readBack(cloud, ids[0] ?? '')) }
    },
  }),
  content('empty', Buffer.alloc(0)),
  content('text', 'a text'),
  content('two-megabytes', Buffer.alloc(2 * 1024 * 1024)),
  content('absent', undefined),
  content('object', { a: 1 }),
  path('plain', (path) => path),
  path('leading-slash', (path) => `/${path}`),
  path('double-slash', (path) => path.replace('/', '//')),
  path('trailing-slash', (path) => `${path}/`),
  path('parent', (path) => `parity/../${path}`),
  path('chinese', (path) => path.replace('form', '中文')),
  path('space', (path) => path.replace('form', 'a b')),
  path('emoji', (path) => path.replace('form', '🙂')),
  path('percent', (path) => path.replace('form', 'a%20b')),
  path('question-mark', (path) => path.replace('form', 'a?b')),
  path('too-long', (path) => `${path}${'x'.repeat(851)}`),
  path('empty', () => ''),
  path('absent', () => undefined),
]
