/** A WeChat project as its files describe it, for tools that work on one. */
export { JsonError, type ParsedJson, parseJson } from './json-parser.ts'
export { NoProject, readProject } from './read-project.ts'
export type { WechatProject } from './wechat-project.ts'
