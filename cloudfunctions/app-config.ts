// The configuration of the app that the login belongs to. An app that takes the login in edits this file. Nothing in
// `login`, `checkToken`, `logout`, `account`, `admin`, `cleanup` and `shared` names the app.

/**
 * What the login's collections are called in the database, by the name that the functions use. An app that has a collection
 * of one of these names already, such as `users`, gives the login's another name here, and keeps its own as it is. The
 * build refuses names that are equal or impossible.
 */
export const COLLECTION_NAMES = {
  users: 'users',
  audit_logs: 'audit_logs',
  avatars: 'avatars',
  closed_accounts: 'closed_accounts',
  rate_limits: 'rate_limits',
  daily_counts: 'daily_counts',
}

/**
 * Collections of the app whose documents belong to a user. Each document has the fields of `ownership()` and `createdAt`
 * (a date). The collections named here are part of `account.export`, and their documents are deleted with the account.
 */
export const OWNED_COLLECTIONS: readonly string[] = ['trips', 'favourites', 'history']

/** The nickname of a new user. */
export const DEFAULT_NICKNAME = '旅行者'
