import type { RecordedEdit } from './manifest.ts'

/** Everything that one run of the command would do to an app. */
export interface Plan {
  root: string
  /** Files to write, with their content. */
  writes: Write[]
  /** Files to delete. */
  removals: string[]
  /** Files of the app to edit. */
  edits: FileEdit[]
  /** Files that stay as the developer made them. */
  kept: Kept[]
  /** Folders to delete once they are empty, the inner before the outer. */
  emptied: string[]
  /** What the developer should know, a line each. */
  notes: string[]
}

export interface Write {
  path: string
  text: string
  isNew: boolean
}

export interface FileEdit {
  path: string
  before: string
  after: string
}

export interface Kept {
  path: string
  reason: 'edited' | 'built' | 'deleted' | 'obsolete'
  /** What the new version would change in an edited file, as a unified diff; absent if nothing. */
  diff?: string
}

/** Records an edit, so that it can be taken back. */
export type EditRecords = Record<string, RecordedEdit>
