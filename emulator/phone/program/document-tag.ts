import { COMPONENT_NAMES } from './component-names.ts'

/** Components of WeChat; some of their names have a hyphen, as the names of a mini-program's components have. */
const WECHAT_TAGS = new Set<string>(COMPONENT_NAMES)

/**
 * The element name in the document for a tag in WXML. A tag never becomes an HTML element, so a mini-program cannot
 * write a script or a frame. Its own components keep their hyphenated names.
 */
export function documentTag(tag: string): string {
  return tag.includes('-') && !WECHAT_TAGS.has(tag) ? tag : `wx-${tag}`
}
