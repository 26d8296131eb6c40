/** The languages of texts for users. */
export type Language = 'zh' | 'en'

/** A field of every request, besides its own: `serve()` reads it, and no use case does. */
export interface LanguageRequest {
  /** Of the answer's texts for users. Without it, or with another one, they are Chinese. */
  language?: Language
}
