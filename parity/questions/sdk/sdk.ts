import type { Database } from '../../core/database.ts'
import { type Question, type QuestionCloud, question } from '../../core/question.ts'
import { storageOf } from '../storage/files.ts'

const area = 'sdk'
const other = ['sdk-other-environment']

/** Another environment that nobody has. */
const NONE = 'parity-none-0000000000'

interface Instance {
  init(options: object): void
  database(options?: object): Database
  callFunction(options: unknown): Promise<unknown>
  uploadFile(options: unknown): Promise<{ fileID: string }>
}

interface Logger {
  log(fields: object): unknown
}

function otherEnvironment({ cloud }: QuestionCloud): Instance {
  const { createNewInstance } = cloud as unknown as { createNewInstance(options: object): Instance }
  return createNewInstance({ env: NONE })
}

/** The SDK itself: what it has, its logger, and environments that are not this one. */
export const SDK_QUESTIONS: readonly Question[] = [
  question('sdk.names', { area, settles: ['sdk-version'], ask: ({ cloud }) => Object.keys(cloud).sort() }),
  question('sdk.current-environment-type', {
    area,
    settles: ['sdk-version'],
    ask: ({ cloud }) => typeof (cloud as unknown as Record<string, unknown>)['DYNAMIC_CURRENT_ENV'],
  }),
  question('sdk.commands', {
    area,
    settles: ['sdk-version'],
    ask: ({ _ }) => Object.keys(Object.getPrototypeOf(_) ?? {}).length + Object.keys(_).length > 10,
  }),
  question('sdk.logger-answer', {
    area,
    settles: ['sdk-logger'],
    ask: ({ cloud }) => {
      const { logger } = cloud as unknown as { logger(): Logger }
      return { names: Object.keys(logger()).sort(), answer: logger().log({ parity: 'asked' }) }
    },
  }),
  question('sdk.database-of-other-environment', {
    area,
    settles: other,
    ask: async (cloud) => {
      const { data } = await otherEnvironment(cloud).database().collection('parity_documents').limit(1).get()
      return data.length
    },
  }),
  question('sdk.function-of-other-environment', {
    area,
    settles: other,
    ask: (cloud) => otherEnvironment(cloud).callFunction({ name: 'parity-none', data: {} }),
  }),
  question('sdk.upload-to-other-environment', {
    area,
    settles: other,
    ask: async (cloud) => {
      const cloudPath = await cloud.path('other-environment.txt')
      const { fileID } = await otherEnvironment(cloud).uploadFile({
        cloudPath,
        fileContent: Buffer.from('x'),
      })
      await storageOf(cloud).deleteFile({ fileList: [fileID] })
      return 'uploaded'
    },
  }),
  question('sdk.database-with-an-environment-of-its-own', {
    area,
    settles: other,
    ask: async ({ cloud }) => {
      const { database } = cloud as unknown as { database(options: object): Database }
      const { data } = await database({ env: NONE }).collection('parity_documents').limit(1).get()
      return data.length
    },
  }),
]
