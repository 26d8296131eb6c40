import { get as getOverHttp } from 'node:http'
import { get as getOverHttps } from 'node:https'
import cloud from 'wx-server-sdk'
import { AppError } from './app-error.ts'
import type { Budget } from './budget.ts'
import { readSdkError } from './sdk-error.ts'

/** What a look at a file shows. */
export interface FileHead {
  sizeBytes: number
  /** The first bytes; at least 16 if there are so many. */
  start: Buffer
}

const START_BYTES = 32
/** Error numbers of 云存储: -503003 is a file that is not there. */
const GONE = -503003

/**
 * Looks at a file without loading it: its size and first bytes. Two round trips.
 * @returns undefined when there is no such file
 * @throws AppError DATABASE_UNAVAILABLE when the storage does not answer well, TIMEOUT
 */
export async function readFileHead(budget: Budget, fileId: string): Promise<FileHead | undefined> {
  const links = await storage(budget, async () => cloud.getTempFileURL({ fileList: [fileId] }))
  const url = links?.fileList[0]?.tempFileURL
  if (!url) return undefined
  return storage(budget, () => fetchHead(url))
}

/**
 * @returns those that are gone now, including those that were not there
 * @throws AppError DATABASE_UNAVAILABLE, TIMEOUT
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
    const { errCode } = readSdkError(error)
    throw new AppError('DATABASE_UNAVAILABLE', { log: `storage error ${errCode ?? 'without a number'}` })
  }
}

/** Asks for the first bytes only, and hangs up where a server sends all the same. */
function fetchHead(url: string): Promise<FileHead | undefined> {
  const get = url.startsWith('https:') ? getOverHttps : getOverHttp
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { range: `bytes=0-${START_BYTES - 1}` } }, (response) => {
      const { statusCode, headers } = response
      const total = /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? headers['content-length']
      if (statusCode === 404 || statusCode === 403) resolve(undefined)
      else if ((statusCode !== 200 && statusCode !== 206) || total === undefined) {
        reject(new Error(`HTTP ${statusCode}`))
      }
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (Buffer.concat(chunks).length >= START_BYTES) finish()
      })
      response.on('end', finish)
      response.on('error', reject)
      function finish() {
        resolve({ sizeBytes: Number(total), start: Buffer.concat(chunks).subarray(0, START_BYTES) })
        request.destroy()
      }
    })
    request.on('error', reject)
  })
}
