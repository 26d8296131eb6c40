import { COMPONENT_NAMES } from './component-names.ts'

/** Of two words, and yet WeChat's own. */
const WECHAT_TAGS = new Set<string>(COMPONENT_NAMES)

/**
 * The tag in the document for one in WXML. None of the web's: nothing a mini-program writes becomes a script or a
 * frame. Its own components keep their names of two words.
 */
export function documentTag(tag: string): string {
  return tag.includes('-') && !WECHAT_TAGS.has(tag) ? tag : `wx-${tag}`
}
