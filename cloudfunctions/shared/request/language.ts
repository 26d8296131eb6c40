import * as v from 'valibot'
import type { Language, LanguageRequest } from '../../../contract/language.ts'
import { requestSchema } from './request-schema.ts'

const languageSchema = requestSchema<LanguageRequest>()(
  v.object({ language: v.optional(v.picklist(['zh', 'en'])) }),
)

/** In which language a request wants its answer. What is no language of ours is nothing to refuse a request for: Chinese. */
export function languageOf(event: unknown): Language {
  const parsed = v.safeParse(languageSchema, event)
  return (parsed.success ? parsed.output.language : undefined) ?? 'zh'
}
