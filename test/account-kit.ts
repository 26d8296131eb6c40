import { randomBytes } from 'node:crypto'
import type {
  AvatarUploadData,
  ExportAccountData,
  ExportedIdentity,
  ListSessionsData,
  UpdateAccountData,
} from '../contract/account.ts'
import type { Answer } from '../contract/answer.ts'
import { type CloudKit, succeeded } from './cloud-kit.ts'

/** A small valid PNG. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** What a phone does about the account of one person. */
export class AccountKit {
  readonly #kit: CloudKit
  readonly #openid: string
  readonly #token: string

  constructor(kit: CloudKit, openid: string, token: string) {
    this.#kit = kit
    this.#openid = openid
    this.#token = token
  }

  call<Data>(action: string, fields: object = {}): Promise<Answer<Data>> {
    return this.#kit.call('account', this.#openid, { token: this.#token, action, ...fields })
  }

  /** Everything kept about the person, as their phone reads it. */
  async export(): Promise<ExportAccountData & { uncovered: ExportedIdentity }> {
    const pad = newPad()
    const data = succeeded(await this.call<ExportAccountData>('export', { pad }))
    return { ...data, uncovered: uncover(pad, data.identity) }
  }

  update(fields: object): Promise<Answer<UpdateAccountData>> {
    return this.call('update', fields)
  }

  async sessions(): Promise<ListSessionsData['sessions']> {
    return succeeded(await this.call<ListSessionsData>('sessions')).sessions
  }

  /** Asks for a place, uploads there and returns the file id. */
  async upload(bytes: Buffer = PNG, type = 'png'): Promise<string> {
    const { cloudPath } = succeeded(await this.call<AvatarUploadData>('avatarUpload', { type }))
    return uploadFile(this.#kit, cloudPath, bytes)
  }

  /** Uploads a picture and makes it the avatar. @returns the file id of the picture that was stored of it */
  async setAvatar(bytes: Buffer = PNG): Promise<string> {
    const avatar = await this.upload(bytes)
    return succeeded(await this.update({ avatar })).userInfo.avatar
  }
}

/** What a phone hides its identity with in an export. */
export function newPad(): string {
  return randomBytes(256).toString('base64')
}

/** What an export hides with the pad. */
export function uncover(pad: string, hidden: string): ExportedIdentity {
  const key = Buffer.from(pad, 'base64')
  const bytes = Buffer.from(hidden, 'base64').map((byte, place) => byte ^ (key[place] ?? 0))
  return JSON.parse(Buffer.from(bytes).toString('latin1').replace(/\0+$/, ''))
}

/** Puts a file into the cloud storage. */
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
