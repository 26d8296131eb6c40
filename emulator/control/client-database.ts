/** What a mini-program may ask of the database; the words are those of the SDK's wire, without `database.`. */
export type ClientDatabaseAction =
  | 'getDocument'
  | 'calculateDocument'
  | 'insertDocument'
  | 'modifyDocument'
  | 'removeDocument'
  | 'aggregateDocuments'
  | 'watchDocuments'

/** A request of `wx.cloud.database()` by one person. `fields` are those of the SDK's request. */
export interface ClientDatabaseRequest {
  openid: string
  action: ClientDatabaseAction
  fields: Record<string, unknown>
}

/** The `data` of the SDK's answer, or how the call fails. */
export type ClientDatabaseAnswer = { data: Record<string, unknown> } | { errCode: number; errMsg: string }
