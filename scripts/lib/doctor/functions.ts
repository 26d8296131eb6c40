import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuiltFunctionFolder, readBuiltFunctions, totalBytes } from '../build/built-function.ts'
import { error, type Finding, ok, warning } from './finding.ts'

/** https://cloud.tencent.com/document/product/583/11637 */
const MAXIMUM_FUNCTION_BYTES = 500 * 1024 * 1024
const MAXIMUM_VARIABLE_BYTES = 4 * 1024
/** No limit of the platform: a bundle this large starts slowly, and is a sign of something bundled by mistake. */
const SLOW_FUNCTION_BYTES = 10 * 1024 * 1024

/** Compares what each built function declares with its code and with the limits of the platform. */
export function checkFunctions(directory: string): Finding[] {
  const functions = readBuiltFunctions(directory)
  return [
    checkPermissions(functions),
    checkTriggers(functions),
    checkSizes(functions),
    checkVariables(functions),
  ].flat()
}

function checkPermissions(functions: readonly BuiltFunctionFolder[]): Finding[] {
  const about = 'config.json 的 openapi 权限 · openapi permissions'
  const findings = functions.flatMap(({ name, directory, openapi }) => {
    const called = openapiCalls(readFileSync(join(directory, 'index.js'), 'utf8'))
    const file = `cloudfunctions/${name}/config.json`
    const lacking = called.filter((api) => !openapi.includes(api))
    const idle = openapi.filter((api) => !called.includes(api))
    return [
      ...lacking.map((api) =>
        error(
          about,
          `${name} 调用 ${api} 但没有声明，会得到 -604101 · is called, not declared`,
          `${file} → permissions.openapi`,
        ),
      ),
      ...idle.map((api) =>
        warning(about, `${name} 声明了 ${api} 但没有调用 · is declared, not called`, file),
      ),
    ]
  })
  return findings.length > 0 ? findings : [ok(about, '与代码一致 · as the code calls them')]
}

/** The open interfaces that a bundle calls: `cloud.openapi.<group>.<name>(` and `callOpenAPI({ api: '<group>.<name>' })`. */
export function openapiCalls(code: string): string[] {
  const member = String.raw`(?:\.(\w+)|\[["'](\w+)["']\])`
  const calls = [...code.matchAll(new RegExp(String.raw`\bopenapi${member}${member}\(`, 'g'))].map(
    ([, group, quotedGroup, name, quotedName]) => `${group ?? quotedGroup}.${name ?? quotedName}`,
  )
  const named = [...code.matchAll(/callOpenAPI\(\{\s*api: ["']([\w.]+)["']/g)].map(([, api]) => api ?? '')
  return [...new Set([...calls, ...named])].sort()
}

const TIMER_FIELDS = 7

function checkTriggers(functions: readonly BuiltFunctionFolder[]): Finding[] {
  const about = '定时触发器 · timers'
  const withTriggers = functions.filter(({ triggers }) => triggers.length > 0)
  const findings = withTriggers.flatMap(({ name, triggers }) => {
    const file = `cloudfunctions/${name}/config.json`
    const isWrong = triggers.some(
      ({ name, type, config }) =>
        name === '' || type !== 'timer' || config.trim().split(/\s+/).length !== TIMER_FIELDS,
    )
    const tooMany = triggers.length > 1
    return [
      ...(isWrong
        ? [
            error(
              about,
              `${name}: name、type "timer"、${TIMER_FIELDS} 段 cron · needs a name, the type and ${TIMER_FIELDS} cron fields`,
              file,
            ),
          ]
        : []),
      ...(tooMany ? [error(about, `${name}: 只能有一个 · only one is allowed`, file)] : []),
    ]
  })
  const names = withTriggers.map(({ name }) => name).join('、')
  return findings.length > 0 ? findings : [ok(about, names === '' ? '没有 · none' : names)]
}

function checkSizes(functions: readonly BuiltFunctionFolder[]): Finding[] {
  const about = '云函数大小 · size of functions'
  const findings = functions.flatMap((folder) => {
    const bytes = totalBytes(folder)
    const found = `${folder.name} ${Math.round(bytes / 1024 / 1024)} MB`
    if (bytes > MAXIMUM_FUNCTION_BYTES) return [error(about, found, '上限 500 MB · is the limit')]
    if (bytes > SLOW_FUNCTION_BYTES)
      return [warning(about, found, '冷启动会变慢，看看打包进了什么 · starts slowly: see what is bundled')]
    return []
  })
  const largest = Math.max(0, ...functions.map(totalBytes))
  return findings.length > 0 ? findings : [ok(about, `最大 ${Math.round(largest / 1024)} KB · the largest`)]
}

function checkVariables(functions: readonly BuiltFunctionFolder[]): Finding[] {
  return functions.flatMap(({ name, files, variables }) => {
    const bytes = files.find(({ hash }) => hash === undefined)?.bytes ?? 0
    if (variables.length === 0 || bytes <= MAXIMUM_VARIABLE_BYTES) return []
    const todo =
      '去掉 LOGIN_SECRETS 里不再需要的旧密钥 · remove old keys that no token or number needs any more'
    return [
      warning(
        '环境变量 · environment variables',
        `${name}: ${bytes} 字节，控制台上限 4 KB · bytes, the console takes 4 KB`,
        todo,
      ),
    ]
  })
}
