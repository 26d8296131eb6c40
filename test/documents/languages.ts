/** The languages of the documents, by the folder of their pages. */
export const FOLDERS_BY_LANGUAGE = { english: 'docs/en', chinese: 'docs/zh-CN' } as const

export type Language = keyof typeof FOLDERS_BY_LANGUAGE

/** What a generated page says, in each language. */
export type Words = Readonly<Record<Language, string>>

export const LANGUAGES = Object.keys(FOLDERS_BY_LANGUAGE) as Language[]
