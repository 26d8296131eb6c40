import { isSdkTooOld, SDK_TOO_OLD, type SdkError } from '../core/sdk-error.ts'

/** Numbers of WeChat's 云开发错误码 (服务端 -50xxxx), each with its meaning for the administrators. */
const CONFIGURATION: Readonly<Record<number, string>> = {
  [-502003]: 'the function may not use this collection: check the environment’s permissions',
  [-503002]:
    'the function may not use this file: it is in another environment, or the storage’s rules refuse it',
  [-501005]: 'the cloud environment does not exist or is not this function’s own',
  [-501008]: 'the environment does not accept requests from this source',
  [-501009]: 'the cloud environment is not set up (yet): open it once in the cloud console',
}

const COLLECTION_MISSING = -502005

/**
 * What is configured wrongly, and what to do about it; undefined for every other error of database and storage. Nothing
 * in it comes from the message but the name of a collection.
 */
export function misconfigurationOf(error: SdkError): string | undefined {
  const { errCode, message } = error
  if (isSdkTooOld(error)) return SDK_TOO_OLD
  if (errCode === undefined) return undefined
  return errCode === COLLECTION_MISSING ? collectionMissing(message) : CONFIGURATION[errCode]
}

/** The service names the collection at the end of its message; where it does not, the command lists them all. */
function collectionMissing(message: string): string {
  const [, name] = /not exist: ([\w-]{1,64})/.exec(message) ?? []
  const which = name === undefined ? 'each collection that `npm run database` lists' : `\`${name}\``
  return `a collection is missing: create ${which} in the cloud console (云开发控制台 → 数据库 → 新建集合) and set its permission to 仅管理员可读写 (ADMINONLY)`
}
