/** What works differently in the cloud, or is not supported, in a project that runs here. */
export interface Note {
  /** Chinese first, then ` · ` and English. */
  message: string
  /** The file it is about: absolute. */
  file?: string
  /** The first line is 1. */
  line?: number
}
