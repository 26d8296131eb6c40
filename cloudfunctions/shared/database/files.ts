import { get as getOverHttp } from 'node:http'
import { get as getOverHttps } from 'node:https'
import cloud from 'wx-server-sdk'
import { AppError } from '../core/app-error.ts'
import { readSdkError } from '../core/sdk-error.ts'
import type { Budget } from '../request/budget.ts'
import { misconfigurationOf } from './misconfiguration.ts'

/** The content of a file. */
export interface FileContent {
  sizeBytes: number
  /** The whole content. Of a file larger than `mostBytes`, a little more than `mostBytes`. */
  content: Buffer
}

/** Error numbers of 云存储: -503003 is a file that is not there. */
const GONE = -503003

/**
 * Reads a file; of a large one little more than `mostBytes`. Two round trips.
 * @returns undefined when there is no such file
 * @throws AppError DATABASE_UNAVAILABLE when the storage does not answer well, MISCONFIGURED, TIMEOUT
 */
export async function readFile(
  budget: Budget,
  fileId: string,
  mostBytes: number,
): Promise<FileContent | undefined> {
  const links = await storage(budget, async () => cloud.getTempFileURL({ fileList: [fileId] }))
  const url = links?.fileList[0]?.tempFileURL
  if (!url) return undefined
  return storage(budget, () => fetchFile(url, mostBytes))
}

/**
 * Writes a file as the administrator, so that no client may write over it. Two round trips.
 * @returns its file id
 * @throws AppError DATABASE_UNAVAILABLE, MISCONFIGURED, TIMEOUT
 */
export async function writeFile(budget: Budget, path: string, content: Buffer): Promise<string> {
  const { fileID } = await storage(budget, async () =>
    cloud.uploadFile({ cloudPath: path, fileContent: content }),
  )
  return fileID
}

/**
 * Deletes files. One round trip.
 * @returns those that are gone now, including those that did not exist
 * @throws AppError DATABASE_UNAVAILABLE, MISCONFIGURED, TIMEOUT
 */
export async function deleteFiles(budget: Budget, fileIds: readonly string[]): Promise<string[]> {
  const answer = await storage(budget, async () => cloud.deleteFile({ fileList: [...fileIds] }))
  const results = answer?.fileList ?? []
  return results.filter(({ status }) => status === 0 || status === GONE).map(({ fileID }) => fileID)
}

async function storage<Result>(budget: Budget, call: () => Promise<Result>): Promise<Result> {
  try {
    return await budget.within(call())
  } catch (error) {
    if (error instanceof AppError) throw error
    const sdkError = readSdkError(error)
    const { errCode } = sdkError
    const configuration = misconfigurationOf(sdkError)
    if (configuration) throw new AppError('MISCONFIGURED', { log: `storage ${errCode}: ${configuration}` })
    throw new AppError('DATABASE_UNAVAILABLE', { log: `storage error ${errCode ?? 'without a number'}` })
  }
}

/** Closes the connection once more than `mostBytes` has arrived. */
function fetchFile(url: string, mostBytes: number): Promise<FileContent | undefined> {
  const get = url.startsWith('https:') ? getOverHttps : getOverHttp
  return new Promise((resolve, reject) => {
    const request = get(url, (response) => {
      const { statusCode } = response
      if (statusCode === 404 || statusCode === 403) return finish(undefined)
      if (statusCode !== 200) return reject(new Error(`HTTP ${statusCode}`))
      const chunks: Buffer[] = []
      let sizeBytes = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        sizeBytes += chunk.length
        if (sizeBytes > mostBytes) finish({ sizeBytes, content: Buffer.concat(chunks) })
      })
      response.on('end', () => finish({ sizeBytes, content: Buffer.concat(chunks) }))
      response.on('error', reject)
    })
    request.on('error', reject)
    function finish(file: FileContent | undefined) {
      resolve(file)
      request.destroy()
    }
  })
}
