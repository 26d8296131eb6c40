import type { Note } from '../../../control/note.ts'
import { isJson, type JsonFile, lineOf } from './json-file.ts'

/** Keys of config.json that the platform or this emulator reads. */
const KNOWN_KEYS = new Set([
  'permissions',
  'triggers',
  'timeout',
  'memorySize',
  'runtime',
  'envVariables',
  'handler',
])
/** Seconds, minutes, hours, day of month, month, day of week, year. */
const CRON_FIELDS = 7

/** What is wrong in a function's config.json, or differs in the cloud. @param file absolute path */
export function configNotes(file: string, { value, text, notes }: JsonFile): Note[] {
  const at = (searched: string, message: string): Note => ({
    file,
    line: lineOf(text, searched) ?? 1,
    message,
  })
  const found: Note[] = [...notes]
  for (const key of Object.keys(value)) {
    if (!KNOWN_KEYS.has(key))
      found.push(at(`"${key}"`, `config.json 里的 ${key} 不起作用 · ${key} is not a key of config.json`))
  }
  const permissions = value['permissions']
  if (permissions !== undefined && !Array.isArray(isJson(permissions) ? permissions['openapi'] : undefined)) {
    found.push(at('"permissions"', 'permissions.openapi 应当是接口名的数组 · must be an array of names'))
  }
  const triggers = value['triggers']
  if (triggers === undefined) return found
  if (!Array.isArray(triggers)) {
    found.push(at('"triggers"', 'triggers 应当是数组 · must be an array'))
    return found
  }
  if (triggers.length > 1) {
    found.push(
      at(
        '"triggers"',
        '微信文档只允许一个触发器；这里都能触发 · WeChat documents one trigger a function; here each can be fired',
      ),
    )
  }
  for (const trigger of triggers.filter(isJson)) {
    const cron = String(trigger['config'] ?? '')
    if (trigger['type'] !== 'timer') {
      const type = String(trigger['type'])
      found.push(at(`"${type}"`, `触发器类型 ${type} 不支持，只有 timer · only timer triggers exist`))
    } else if (cron.trim().split(/\s+/).length !== CRON_FIELDS) {
      found.push(at(`"${cron}"`, `定时触发器要有 7 个字段：${cron} · a timer has seven fields`))
    }
  }
  return found
}
