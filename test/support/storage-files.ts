import type { CloudKit } from './cloud-kit.ts'

/** A small valid PNG. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Puts a file into the cloud storage. @returns its file id @throws Error unless the storage takes it */
export async function uploadFile(kit: CloudKit, cloudPath: string, bytes: Buffer): Promise<string> {
  const { url, token, authorization, fileId } = kit.cloud.storage.uploadMetadata(cloudPath)
  const headers = { authorization, 'x-cos-security-token': token }
  const response = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) })
  if (!response.ok) throw new Error(`upload: ${response.status}`)
  return fileId
}

export function fileExists(kit: CloudKit, fileId: string): boolean {
  return kit.cloud.files.find(fileId.split('/').slice(3).join('/')) !== undefined
}
