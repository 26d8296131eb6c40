/** A document as the pages show it. What stands in 【】 is for the operator to fill in before going live. */
export interface LegalDocument {
  title: string
  version: string
  sections: { heading: string; paragraphs: string[] }[]
}
