import type { Language } from '../../../contract/language.ts'
import { CHINESE_MESSAGES } from './chinese-messages.ts'
import { ENGLISH_MESSAGES } from './english-messages.ts'

/** One text, or one table of texts, in each language. */
export type InLanguages<Text = string> = Readonly<Record<Language, Text>>

/** Texts of answers for users, by reason. A reason without a text in one of the languages does not compile. */
export const MESSAGES: InLanguages<typeof CHINESE_MESSAGES> = { zh: CHINESE_MESSAGES, en: ENGLISH_MESSAGES }
