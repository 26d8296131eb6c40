import type { Invocation } from '../../cloud/call-log.ts'

/** The control interface of the cloud that serves this page; its README lists the calls. */

export interface Collection {
  name: string
  permission: string
  documentCount: number
  indexes: {
    name: string
    keys: { field: string; direction: string | number }[]
    unique?: boolean
    sparse?: boolean
  }[]
}

/** A document in MongoDB's relaxed extended JSON. */
export type Document = Record<string, unknown>

/** A file of cloud storage; its `url` is good for ten minutes. */
export interface StoredFile {
  path: string
  fileID: string
  /** Absent for the administrator. */
  creator?: string
  sizeBytes: number
  uploadedAt: number
  url: string
}

export interface DeployedFunction {
  name: string
  triggers: { type: string; name: string }[]
}

/** A record of the call log. */
export type Call = Invocation & { sequentialRoundTrips: number }

export interface WechatUser {
  openid: string
  countryCode: string
  purePhoneNumber: string
  activeAt: number
}

/** @throws Error with the cloud's own words when it refuses */
export async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const init: RequestInit = { method }
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' }
    init.body = JSON.stringify(body)
  }
  const response = await fetch(`/control/${path}`, init)
  const answer = await response.json()
  if (!response.ok) throw new Error(String(answer.error ?? response.status))
  return answer as Answer
}

/** Sends a file as it is, so that it need not fit into memory. @throws as {@link control} */
export async function controlFile<Answer>(path: string, file: File): Promise<Answer> {
  const headers = { 'content-type': 'application/octet-stream' }
  const response = await fetch(`/control/${path}`, { method: 'POST', headers, body: file })
  const answer = await response.json()
  if (!response.ok) throw new Error(String(answer.error ?? response.status))
  return answer as Answer
}

export function documentsPath(collection: string): string {
  return `collections/${encodeURIComponent(collection)}/documents`
}
