import { NetworkFailure } from './network-failure.ts'

export interface Transfer {
  method: 'GET' | 'PUT'
  url: string
  headers?: Readonly<Record<string, string>>
  body?: Blob
  /** Bytes transferred so far, and in all. */
  onProgress?: (bytes: number, total: number) => void
  signal?: AbortSignal
}

/** Sends or fetches a file. @throws NetworkFailure, or Error `abort` when the signal aborts */
export function transfer({ method, url, headers = {}, body, onProgress, signal }: Transfer) {
  return new Promise<{ status: number; body: Blob }>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    request.responseType = 'blob'
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    const moving = body ? request.upload : request
    moving.onprogress = ({ loaded, total }) => onProgress?.(loaded, total)
    request.onload = () => resolve({ status: request.status, body: request.response })
    request.onerror = () => reject(new NetworkFailure('net::ERR_CONNECTION_RESET'))
    request.onabort = () => reject(new Error('abort'))
    signal?.addEventListener('abort', () => request.abort())
    if (signal?.aborted) reject(new Error('abort'))
    else request.send(body)
  })
}
