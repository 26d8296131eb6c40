/** What a build has found in the sources, in lines for people: `file:line what is wrong`. `GET /findings.json`. */
export interface SourceFindings {
  errors: readonly string[]
  /** What is ignored, or differs from WeChat. */
  notes: readonly string[]
}

export const NO_FINDINGS: SourceFindings = { errors: [], notes: [] }
