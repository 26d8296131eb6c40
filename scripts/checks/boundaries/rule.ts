/** What some files may import. Paths are relative to the project. */
export interface Rule {
  /** The importing files. */
  files: RegExp
  /** Files they may import. `<folder>` stands for the match of the group `folder` of `files`. */
  mayImport: readonly RegExp[]
  /** Files they may import by a statement-level `import type` only. */
  mayImportTypes: readonly RegExp[]
  /** Packages they may import, `node:` modules included; undefined for all. */
  packages?: readonly RegExp[]
}
