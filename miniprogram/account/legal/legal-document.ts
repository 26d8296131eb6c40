/** A document as the pages show it. The operator fills in what stands in 【】 before going live. */
export interface LegalDocument {
  title: string
  version: string
  sections: { heading: string; paragraphs: string[] }[]
}
