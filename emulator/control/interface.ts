import type { CallRequest, CallResult, CopiedTest, DeployedFunction, PausedCall } from './calls.ts'
import type { ClientDatabaseAnswer, ClientDatabaseRequest } from './client-database.ts'
import type { CollectionInfo, IndexInfo, Permission } from './collection.ts'
import type {
  DocumentChange,
  ExportFormat,
  FieldInfo,
  FileAnswer,
  JsonDocument,
  MergeResult,
  PersonDocuments,
} from './documents.ts'
import type { ChangedDocuments, ExampleRemoval, ExampleState } from './example.ts'
import type { Fault } from './fault.ts'
import type { Figures } from './figures.ts'
import type { Invocation } from './invocation.ts'
import type { LaunchLink } from './launch-link.ts'
import type { Note } from './note.ts'
import type { OperationEnd, OperationRun, OperationsDeclaration } from './operations.ts'
import type { LoggedPageError, PageError } from './page-error.ts'
import type { FunctionRules, PermissionLevel, Permissions, StorageRules } from './permissions.ts'
import type { FileStatus, FileUrl, StorageRefusal, StoredFile, UploadTarget } from './storage.ts'

/**
 * The control interface: everything a test, a phone or a console can ask of the cloud that a function cannot. JSON
 * over HTTP below `/control/`. Types only; the server's routes and every client take theirs from this table.
 *
 * A key is the method and the path, where `:name` stands for one segment. `query` is text in the address, `body` is
 * JSON, `answer` is what a success answers with. A failure answers `{ error }` with a status of 400 or more.
 * Two things are not in the table: `GET events`, see {@link Topic}, and the bytes of the imports, which are files.
 */
export interface ControlInterface {
  'POST invoke': { body: CallRequest; answer: CallResult }
  /** The same as `invoke`, but every request of the call waits until it is released. */
  'POST holds': { body: CallRequest; answer: PausedCall & { id: string } }
  'GET holds/:id': { answer: PausedCall }
  /** Releases the request of that name and answers once the call waits again or has ended. */
  'POST holds/:id/release': { body: { operation: string }; answer: PausedCall }
  /** Runs a function's timer as if its hour had come: the first, or the one of that name. */
  'POST timer': { body: { function: string; trigger?: string | undefined }; answer: CallResult }
  /** The latest calls, oldest first; `since` leaves out what has not changed after that revision. */
  'GET calls': {
    query: { limit?: string | undefined; since?: string | undefined }
    answer: { calls: LoggedCall[]; revision: number; edition: string }
  }
  'DELETE calls': Command
  /** Runs a call of the log again: same function, same caller, same event. The answer is in the log. */
  'POST calls/:requestId/repeat': { answer: { requestId: string } }
  /** A test that repeats a call of the log, tried on an empty cloud before it is answered. */
  'POST calls/:requestId/test': { answer: CopiedTest }
  /** What works differently in the cloud, or is not supported: oldest first. */
  'GET notes': { answer: { notes: Note[] } }
  'GET functions': { answer: { functions: DeployedFunction[] } }
  /** Ends all instances: the next call of every function starts cold. */
  'DELETE instances': Command

  /** A tap on the phone button and on 允许: a code, and the same number as open data. */
  'POST phone-code': {
    body: {
      openid: string
      /** Digits, with `+` and country code unless Chinese; kept as this person's number from now on. */
      phoneNumber?: string | undefined
      /** Another mini-program's appid, to see how its codes are refused. */
      appid?: string | undefined
      /** 手机号实时验证, which costs more. */
      realtime?: boolean | undefined
    }
    answer: { code: string; cloudID: string }
  }
  /** Binds another number to a WeChat account. Two accounts may have the same, one after the other or at once. */
  'POST phone-number': {
    /** As for `phone-code`. */
    body: { openid: string; phoneNumber: string }
    answer: WechatUser
  }
  'POST cloud-id': { body: { data?: unknown }; answer: { cloudID: string } }
  'GET users': { answer: { users: WechatUser[] } }
  /** Makes an account, or changes one: what is absent stays. An empty `nickname` or `avatarUrl` is the default again. */
  'PUT users/:openid': { body: WechatUserChanges; answer: WechatUser }
  /** Forgets an account; it exists again once a phone uses it. */
  'DELETE users/:openid': Command
  /** `wx.login` */
  'POST login-code': { body: { openid: string }; answer: { code: string } }
  /** The user lets the mini-program send one message of each template. */
  'POST subscriptions': { body: { openid: string; templateIds: string[] }; answer: Nothing }
  /** Subscription messages that functions have sent, the latest first. */
  'GET messages': { answer: { messages: SentMessage[] } }
  /** Codes and links to the mini-program that functions have made, the latest first. */
  'GET launch-links': { answer: { links: LaunchLink[] } }
  /** Calls, logins and phone authorizations of the latest days, by day: 30 days, or 1 to 366. */
  'GET figures': { query: { days?: string | undefined }; answer: Figures }
  'DELETE figures': Command
  /** What the project lets administrators do; none by default. */
  'GET operations': { answer: OperationsDeclaration }
  /** Calls the operation's function as 云端测试 does, with the project's authorization. */
  'POST operations/:id/run': { body: OperationRun; answer: OperationEnd }

  'GET example': { answer: ExampleState }
  /**
   * Loads the project's example data: all of it, or nothing. Answers once it is there, or has been cancelled. Refused with
   * status 409 if it is there.
   */
  'POST example/load': { answer: ExampleState }
  /** Breaks the loading off, which then has loaded nothing. Refused with status 409 unless it is being loaded. */
  'POST example/cancel': { answer: ExampleState }
  /** Removes the example's documents. Without `changed` nothing is removed while somebody has changed a document of it. */
  'POST example/remove': { body: { changed?: ChangedDocuments | undefined }; answer: ExampleRemoval }

  /** What works differently on a phone: the terminal and the console show it once. */
  'POST notes': { body: { message: string }; answer: Nothing }
  /** What a mini-program has thrown on a phone: the terminal and the console show it. */
  'POST page-errors': { body: PageError; answer: Nothing }
  /** The latest, oldest first. */
  'GET page-errors': { answer: { errors: LoggedPageError[] } }
  'DELETE page-errors': Command

  /** The hosts that pages may reach: `fixed` by the options, `added` here. */
  'GET allowed-hosts': { answer: { fixed: readonly string[]; added: readonly string[] } }
  'PUT allowed-hosts': { body: { added: string[] }; answer: Nothing }
  /** Requests of pages to the web, the latest first. */
  'GET web-requests': { answer: { requests: readonly WebRequest[] } }
  'DELETE web-requests': Command

  'GET collections': { answer: { collections: CollectionInfo[] } }
  /** Those that functions or pages have asked for since the start: `names` do not exist, `made` were made for that. */
  'GET missing-collections': { answer: { names: string[]; made: string[] } }
  'POST collections': { body: { name: string; permission?: Permission | undefined }; answer: Nothing }
  'DELETE collections/:name': Command
  'PUT collections/:name/permission': {
    /** `rules` is JSON text; absent, those that were written before stay. */
    body: { permission: Permission; rules?: string | undefined }
    answer: Nothing
  }
  /** `file` is the project's file that keeps them, `problem` what is wrong with it. */
  'GET permissions': { answer: { permissions: Permissions; file?: string; problem?: string } }
  'PUT permissions/storage': { body: { storage: PermissionLevel | StorageRules }; answer: Nothing }
  'PUT permissions/functions': { body: { functions: FunctionRules }; answer: Nothing }
  /** `wx.cloud.database()` of one person's mini-program, under the permissions. */
  'POST database': { body: ClientDatabaseRequest; answer: ClientDatabaseAnswer }
  'GET collections/:name/documents': {
    /** `filter` and `sort` are JSON objects in MongoDB's words. */
    query: DocumentsQuery
    answer: { documents: JsonDocument[]; total: number }
  }
  /** `before` is what the writer saw, null for no document; with another state now it is refused, with status 409. */
  'PUT collections/:name/documents': {
    body: { document: JsonDocument; before?: JsonDocument | null | undefined }
    answer: Nothing
  }
  /** The fields of a sample of the documents, those in most documents first. */
  'GET collections/:name/fields': { answer: { fields: FieldInfo[]; sampled: number } }
  /**
   * Sets one field to `after`, or removes it without; all others stay as they are. Refused with status 409 unless the
   * field still is as in `before`, which is absent for a field that was not there. Values are extended JSON.
   */
  'PUT collections/:name/field': {
    body: { id?: unknown; path: string; before?: unknown; after?: unknown }
    answer: Nothing
  }
  /** Removes all documents of a query as one write; refused with status 409 when it finds another number of them. */
  'POST collections/:name/remove': { body: { filter: JsonDocument; expected: number }; answer: Nothing }
  /** Sets a field of all documents of a query, or removes it without `value`; as `remove`. */
  'POST collections/:name/set': {
    body: { filter: JsonDocument; expected: number; path: string; value?: unknown }
    answer: Nothing
  }
  /** The latest changes of the document with that id (extended JSON), or of the collection; the latest first. */
  'GET collections/:name/history': {
    query: { id?: string | undefined; limit?: string | undefined }
    answer: { changes: DocumentChange[] }
  }
  /** The documents of a query as a file. `columns` are those of a CSV file, all fields without. */
  'POST collections/:name/export': {
    body: {
      format: ExportFormat
      filter?: JsonDocument | undefined
      sort?: Record<string, 1 | -1> | undefined
      columns?: string[] | undefined
    }
    answer: FileAnswer
  }
  /**
   * Adds the documents of a file, JSON Lines, one array or with `?format=csv` CSV, and replaces those with the same
   * `_id`: all of them, or nothing. `?dry=1` only says what it would do; `?types={"path":"date"}` how columns are read.
   */
  'POST collections/:name/merge': { answer: MergeResult }
  /** What belongs to a person: documents that hold the openid, or the id of the person's document among `users`. */
  'GET people/:openid/documents': {
    query: { users?: string | undefined }
    answer: { collections: PersonDocuments[] }
  }
  /** By any kind of id: in the address, a text would look like a number. */
  'DELETE collections/:name/documents': { body: JsonDocument; answer: { removed: boolean } }
  'DELETE collections/:name/documents/:id': { answer: { removed: boolean } }
  'POST collections/:name/indexes': { body: IndexRequest; answer: Nothing }
  'DELETE collections/:name/indexes/:index': Command
  /** Replaces the documents of a collection by those of a file: JSON Lines, or one array. */
  'POST collections/:name/import': { answer: { imported: ImportedCollection[] } }
  'GET export': { answer: { collections: ExportedCollection[] } }
  /** Replaces what is there by an export; with `?collection=<name>`, the documents of one collection. */
  'POST import': { answer: { imported: ImportedCollection[] } }

  /** `wx.cloud.uploadFile` asks this first, then puts the bytes to the address it is given. */
  'POST storage/upload': {
    body: { openid: string; cloudPath?: unknown }
    answer: UploadTarget | StorageRefusal
  }
  'POST storage/urls': { body: FilesRequest; answer: { fileList: FileUrl[] } | StorageRefusal }
  'POST storage/delete': { body: FilesRequest; answer: { fileList: FileStatus[] } | StorageRefusal }
  /** The latest first. */
  'GET storage/files': { answer: { files: StoredFile[] } }
  'DELETE storage/files': { body: { path: string }; answer: Nothing }

  'GET clock': { answer: ClockState }
  /** `reset` goes back to the machine's own time first. */
  'POST clock': {
    body: { advanceSeconds?: number | undefined; reset?: boolean | undefined }
    answer: ClockState
  }
  'GET latency': { answer: { milliseconds: number } }
  'POST latency': { body: { milliseconds: number }; answer: { milliseconds: number } }
  'GET scan-limit': { answer: { maximumScannedDocuments: number | null } }
  /** null removes the limit. */
  'POST scan-limit': {
    body: { maximumScannedDocuments: number | null }
    answer: { maximumScannedDocuments: number | null }
  }
  'GET faults': { answer: { faults: readonly Fault[] } }
  'POST faults': { body: Omit<Fault, 'clientIp'>; answer: Nothing }
  'DELETE faults': Command
  /** Forgets everything: a cloud as if never used. `keepInstances`: those of functions that are idle go on. */
  'POST reset': { body: { keepInstances?: boolean | undefined }; answer: Nothing }
}

/** What is answered when there is nothing to say: `{}`. */
export type Nothing = Record<string, never>

/** A request without a body that is answered with `{}`. */
interface Command {
  answer: Nothing
}

export type { JsonDocument } from './documents.ts'

export type LoggedCall = Invocation & {
  sequentialRoundTrips: number
  /** The cloud still has its event, so that it can run again. */
  isRepeatable: boolean
}

/** A WeChat account as the platform knows it; no function ever sees this record. */
export interface WechatUser {
  openid: string
  countryCode: string
  /** Without the country code. */
  purePhoneNumber: string
  /** When the person last used the mini-program, milliseconds since 1970 by the cloud's clock. */
  activeAt: number
  /** As WeChat offers it to a nickname field; 微信用户 if absent. */
  nickname?: string
  /** The picture as a `data:` address; if absent, the phone draws one. */
  avatarUrl?: string
}

export interface WechatUserChanges {
  /** Digits, with `+` and country code unless Chinese. */
  phoneNumber?: string | undefined
  /** At most 32 characters. */
  nickname?: string | undefined
  /** A `data:` address of a PNG, JPEG or WebP of at most 100 KB. */
  avatarUrl?: string | undefined
}

/** A subscription message (订阅消息) as it reaches the user. */
export interface SentMessage {
  openid: string
  templateId: string
  /** Path of the page that a tap opens; empty for none. */
  page: string
  /** Texts by the names of the template's fields. */
  fields: Record<string, string>
  /** Milliseconds since 1970 by the cloud's clock. */
  sentAt: number
}

/** A request of a page to the web. Values of the query and what may be a token are left out of the path. */
export interface WebRequest {
  /** Milliseconds since 1970. */
  at: number
  openid: string
  method: string
  host: string
  path: string
  /** `refused`: the host is not allowed; `emulator`: answered here instead of by WeChat's server. */
  outcome: 'answered' | 'refused' | 'failed' | 'emulator'
  status?: number
  error?: string
  milliseconds: number
}

interface ClockState {
  /** As ISO 8601. */
  now: string
  /** How far the cloud's clock is ahead of the machine's. */
  offsetSeconds: number
  /** A debugger has stopped a function: no time limit runs, neither in the cloud nor on a phone. */
  isStopped: boolean
}

interface DocumentsQuery {
  filter?: string | undefined
  sort?: string | undefined
  skip?: string | undefined
  limit?: string | undefined
}

interface IndexRequest {
  name: string
  keys: { field: string; direction: 1 | -1 | '2dsphere' }[]
  unique?: boolean | undefined
  sparse?: boolean | undefined
}

interface ImportedCollection {
  name: string
  documents: number
}

interface ExportedCollection {
  name: string
  permission: Permission
  /** Security rules as JSON text. */
  rules?: string
  indexes: IndexInfo[]
  documents: JsonDocument[]
}

interface FilesRequest {
  openid: string
  fileList: unknown[]
}
