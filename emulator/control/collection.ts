/** Who may read and write a collection from a mini-program. Cloud functions and the console pass all of them. */
export type Permission = 'READONLY' | 'PRIVATE' | 'ADMINWRITE' | 'ADMINONLY' | 'CUSTOM'

export interface IndexKey {
  readonly field: string
  readonly direction: 1 | -1 | '2dsphere'
}

export interface IndexInfo {
  readonly name: string
  readonly keys: readonly IndexKey[]
  readonly unique?: boolean
  readonly sparse?: boolean
}

export interface CollectionInfo {
  readonly name: string
  readonly permission: Permission
  /** The security rules as they were written, JSON; they hold while the permission is CUSTOM. */
  readonly rules?: string
  readonly documentCount: number
  readonly indexes: readonly IndexInfo[]
}
