import type { Document, InvocationEnd } from 'wechat-cloud-emulator/testing'
import { deriveKeys } from '../../cloudfunctions/shared/crypto/keys.ts'
import { readSecrets } from '../../cloudfunctions/shared/crypto/secrets.ts'
import { makeTicket } from '../../cloudfunctions/shared/phone/ticket.ts'
import type {
  AvatarUploadData,
  ExportAccountData,
  ExportedIdentity,
  ListSessionsData,
  UpdateAccountData,
} from '../../contract/account.ts'
import type { Answer } from '../../contract/answer.ts'
import type { LoginData } from '../../contract/login.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { type CloudKit, CONSENT, succeeded } from './cloud-kit.ts'
import { newPad, uncover } from './export-pad.ts'
import { PNG, uploadFile } from './storage-files.ts'
import { claimsOf } from './token-claims.ts'

export const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** Every user has the same number, so that what is stored of two users can be compared. */
const PHONE_NUMBER = '13800138000'
/** The number that every user changes to. */
const NEW_PHONE_NUMBER = '13900139000'

export interface LoginOptions {
  phoneNumber?: string
  device?: { model: string; platform: string }
  /** The function runs with its clock set back by so much. */
  daysAgo?: number
}

export interface InvokeOptions {
  /** Defaults to the offset of the cloud's clock. */
  clockOffsetMilliseconds?: number
  /** The console's 云端测试 has no openid: the address, one of each user's own, then tells whose call it is. */
  by?: 'console' | undefined
}

/**
 * One user of one embedded cloud, as a mini-program acts for them: calls every function, without a phone and without
 * a screen. `test/miniprogram/` puts the pages on top of it.
 */
export class TestUser {
  readonly kit: CloudKit
  readonly openid: string
  /** Of the latest login through `logIn`, or given. */
  token: string
  /** Of this user's phone button. */
  phoneNumber = PHONE_NUMBER
  newPhoneNumber = NEW_PHONE_NUMBER
  /** The same person with another WeChat account and the same number. */
  companion: TestUser | undefined
  #userId: string | undefined

  constructor(kit: CloudKit, openid: string, token = '') {
    this.kit = kit
    this.openid = openid
    this.token = token
  }

  /** Their documents in `users`: more than one is a defect. */
  documents(): Document[] {
    return this.kit.users({ openid: this.openid })
  }

  /** Their document in `users`. @throws Error unless there is one */
  document(): Document {
    const [user] = this.documents()
    if (!user) throw new Error('there is no such user')
    return user
  }

  /** Of the account there is, else of the latest login through `logIn`. Absent before the first. */
  get knownUserId(): string | undefined {
    const [user] = this.documents()
    return user ? String(user['_id']) : this.#userId
  }

  /** @throws Error unless there is or was an account */
  get userId(): string {
    const userId = this.knownUserId
    if (userId === undefined) throw new Error('there is no such user')
    return userId
  }

  /** The time for tokens and tickets that the user brings: the cloud's. */
  get nowMilliseconds(): number {
    return this.kit.cloud.clock.now()
  }

  /** A tap on the phone button, allowed. */
  phoneCode(phoneNumber = this.phoneNumber): string {
    const { users, phoneCodes, appid } = this.kit.cloud
    return phoneCodes.issue(users.touch(this.openid, phoneNumber), appid)
  }

  /** A tap on the phone button, with another number than before. */
  newPhoneCode(): string {
    return this.phoneCode(this.newPhoneNumber)
  }

  /** What a login answers that has exchanged a phone code and could not store its number, a new one. */
  ticket(): string {
    const { ticket } = deriveKeys(readSecrets(this.kit.variables))
    const number = {
      countryCode: '86',
      purePhoneNumber: this.newPhoneNumber,
      verifiedAt: this.nowMilliseconds,
    }
    return makeTicket(ticket, this.userId, number)
  }

  /** Of a session other than the token's. @throws Error unless there is one */
  get otherSessionId(): string {
    const { sid } = claimsOf(this.token)
    const other = (this.document()['sessions'] as Document[]).find(({ id }) => id !== sid)
    if (!other) throw new Error('there is no other session')
    return String(other['id'])
  }

  /** Of the question that the account is asked. @throws Error unless it is asked one */
  get transferId(): string {
    const { id } = (this.document()['transferRequest'] ?? {}) as { id?: unknown }
    if (typeof id !== 'string') throw new Error('the account is asked nothing')
    return id
  }

  /** @throws Error unless there is another account */
  get companionId(): string {
    if (!this.companion) throw new Error('the person has no other account')
    return this.companion.userId
  }

  /** Whether the number differs from that of most users. */
  get hasOwnNumber(): boolean {
    return this.phoneNumber !== PHONE_NUMBER
  }

  /** Calls a function. @returns how the call ends, which may be without an answer */
  invoke(name: string, data: unknown, { by, ...clock }: InvokeOptions = {}): Promise<InvocationEnd> {
    const { functions, users, appid } = this.kit.cloud
    users.touch(this.openid)
    const caller =
      by === 'console'
        ? { source: 'console', appid, clientIp: this.openid }
        : { source: 'wx_client', appid, openid: this.openid }
    return functions.invoke(name, data, caller, clock)
  }

  /** @throws what the platform says when the function gives no answer */
  async call<Data>(name: string, data: unknown, options: InvokeOptions = {}): Promise<Answer<Data>> {
    const end = await this.invoke(name, data, options)
    if (end.failure) throw end.failure
    return JSON.parse(end.json)
  }

  /** Logs in with a phone code and consent, and keeps the token. @throws Error unless it succeeds */
  async logIn({ phoneNumber, device, daysAgo = 0 }: LoginOptions = {}): Promise<LoginData> {
    const data = {
      phoneCode: this.phoneCode(phoneNumber),
      consent: { version: CONSENT },
      ...(device && { device }),
    }
    const clockOffsetMilliseconds = this.kit.cloud.clock.offsetMilliseconds - daysAgo * DAY_MILLISECONDS
    const login = succeeded(await this.call<LoginData>('login', data, { clockOffsetMilliseconds }))
    this.token = login.token
    this.#userId = login.userInfo.id
    return login
  }

  /** Calls `account` with this user's token. */
  account<Data>(action: string, fields: object = {}): Promise<Answer<Data>> {
    return this.call('account', { token: this.token, action, ...fields })
  }

  update(fields: object): Promise<Answer<UpdateAccountData>> {
    return this.account('update', fields)
  }

  async sessions(): Promise<ListSessionsData['sessions']> {
    return succeeded(await this.account<ListSessionsData>('sessions')).sessions
  }

  /** Everything that is stored about the user, as their phone reads it. */
  async export(): Promise<ExportAccountData & { uncovered: ExportedIdentity }> {
    const pad = newPad()
    const data = succeeded(await this.account<ExportAccountData>('export', { pad }))
    return { ...data, uncovered: uncover(pad, data.identity) }
  }

  /** Asks for a path in the storage and uploads there. @returns the file id */
  async upload(bytes: Buffer = PNG, type = 'png'): Promise<string> {
    const { cloudPath } = succeeded(await this.account<AvatarUploadData>('avatarUpload', { type }))
    return uploadFile(this.kit, cloudPath, bytes)
  }

  /** Uploads a picture and makes it the avatar. @returns the file id of the picture that is stored of it */
  async setAvatar(bytes: Buffer = PNG): Promise<string> {
    const avatar = await this.upload(bytes)
    return succeeded(await this.update({ avatar })).userInfo.avatar
  }

  adminToken(): string {
    return makeAdminToken(this.kit.variables, 'alice', this.nowMilliseconds)
  }

  /** Calls `admin` from the console. @throws Error unless it succeeds */
  async asAdmin(request: object): Promise<void> {
    succeeded(await this.call('admin', request, { by: 'console' }))
  }
}
