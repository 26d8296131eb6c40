import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { QuestionCloud } from '../../core/question.ts'

/** The storage of wx-server-sdk, with any argument: questions send what its declarations refuse. */
interface Storage {
  uploadFile(options: unknown): Promise<{ fileID: string; statusCode: number; errMsg: string }>
  downloadFile(options: unknown): Promise<{ fileContent: Buffer; statusCode: number; errMsg: string }>
  getTempFileURL(options: unknown): Promise<{ fileList: readonly FileStatus[]; errMsg: string }>
  deleteFile(options: unknown): Promise<{ fileList: readonly FileStatus[]; errMsg: string }>
}

export interface FileStatus {
  fileID: string
  status: number
  errMsg: string
  tempFileURL?: string
  maxAge?: number
}

/** An id of no file, of an environment that nobody has. */
export const MISSING = 'cloud://parity-none.7061-parity-none/parity/none.txt'

export const storageOf = ({ cloud }: QuestionCloud) => cloud as unknown as Storage

/** Uploads a small text to a path of the run's own. @returns its id */
export async function upload(cloud: QuestionCloud, name: string, text = 'first'): Promise<string> {
  const cloudPath = await cloud.path(name)
  const { fileID } = await storageOf(cloud).uploadFile({ cloudPath, fileContent: Buffer.from(text) })
  return fileID
}

/** Uploads to a path of any form, and deletes what the cloud has made of it. */
export async function tryPath(cloud: QuestionCloud, cloudPath: unknown): Promise<unknown> {
  const storage = storageOf(cloud)
  const { fileID, statusCode } = await storage.uploadFile({ cloudPath, fileContent: Buffer.from('x') })
  const path = fileID.replace(/^cloud:\/\/[^/]*\//, '')
  await storage.deleteFile({ fileList: [fileID] })
  return { statusCode, path }
}

/** Without what names the environment. */
export function statusOf({ fileList }: { fileList: readonly FileStatus[] }): unknown {
  return fileList.map(({ status, errMsg }) => ({ status, errMsg }))
}

export async function addressOf(cloud: QuestionCloud, fileID: string, maxAge?: number): Promise<string> {
  const file = maxAge === undefined ? fileID : { fileID, maxAge }
  const { fileList } = await storageOf(cloud).getTempFileURL({ fileList: [file] })
  return fileList[0]?.tempFileURL ?? ''
}

/** Fetches an address of a file. @throws Error without a network */
export function fetchAddress(address: string): Promise<{ status: number; type: string; text: string }> {
  const request = address.startsWith('https:') ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const sent = request(address, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text })
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}
