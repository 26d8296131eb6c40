import type { SourceFindings } from '../control/source-findings.ts'

/** Sources besides the mini-program's, which are built before anything runs and whenever one is saved. */
export interface Sources {
  /** Folders that are watched. */
  folders: readonly string[]
  /** A mistake in the sources is a finding. */
  build: () => Promise<SourceFindings>
}
