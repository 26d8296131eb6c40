import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { JsonError, parseJson } from './json-parser.ts'
import { findMissingProgram, findUnsupported } from './project-findings.ts'
import type { NpmSource, ProjectFinding, WechatProject } from './wechat-project.ts'

const CONFIG = 'project.config.json'
/** A developer's own settings; they take precedence and stay out of the repository. */
const PRIVATE_CONFIG = 'project.private.config.json'
/** What a project is read from. */
export const PROJECT_FILES: readonly string[] = [CONFIG, PRIVATE_CONFIG]
const TOURIST = 'touristappid'
const SKIPPED = 'JSON 里的注释或多余的逗号，微信开发者工具不接受 · comment or trailing comma'

type Json = Readonly<Record<string, unknown>>

/** A folder that is no WeChat project. */
export class NoProject extends Error {
  override readonly name = 'NoProject'
}

/**
 * Reads project.config.json and project.private.config.json. A setting of an unknown form is reported and ignored.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/devtools/projectconfig.html
 * @throws NoProject if the folder has no project.config.json, or one that is no JSON object
 */
export function readProject(folder: string): { project: WechatProject; findings: ProjectFinding[] } {
  const root = resolve(folder)
  const findings: ProjectFinding[] = []
  const [shared, own] = [readConfig(root, CONFIG, findings), readPrivateConfig(root, findings)]
  const config = { ...shared, ...own }
  const settings = { ...recordOf(shared['setting']), ...recordOf(own['setting']) }
  const miniprogramRoot = join(root, folderOf(config['miniprogramRoot']) ?? '')
  const functions = folderOf(config['cloudfunctionRoot'])
  const project: WechatProject = {
    root,
    name: textOf(config['projectname']) ?? '',
    appid: textOf(config['appid']) ?? TOURIST,
    miniprogramRoot,
    cloudfunctionRoot: functions === undefined ? undefined : join(root, functions),
    libVersion: /^\d+\.\d+/.test(String(config['libVersion'])) ? String(config['libVersion']) : undefined,
    compilerPlugins: compilerPluginsOf(settings['useCompilerPlugins']),
    isStrict: isStrict(settings),
    npm: npmSourcesOf(root, miniprogramRoot, settings),
  }
  findings.push(...findMissingProgram(project), ...findUnsupported(config))
  return { project, findings }
}

function readConfig(root: string, file: string, findings: ProjectFinding[]): Json {
  const path = join(root, file)
  if (!existsSync(path)) throw new NoProject(`${root} 里没有 ${file} · has no ${file}`)
  try {
    const { value, skipped } = parseJson(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
    if (skipped[0] !== undefined) findings.push({ file: `${file}:${skipped[0]}`, message: SKIPPED })
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  } catch (error) {
    const line = error instanceof JsonError ? `:${error.line}` : ''
    throw new NoProject(`${path}${line} ${(error as Error).message}`)
  }
  throw new NoProject(`${path} 不是 JSON 对象 · is no JSON object`)
}

function readPrivateConfig(root: string, findings: ProjectFinding[]): Json {
  if (!existsSync(join(root, PRIVATE_CONFIG))) return {}
  try {
    return readConfig(root, PRIVATE_CONFIG, findings)
  } catch (error) {
    findings.push({ file: PRIVATE_CONFIG, message: (error as Error).message })
    return {}
  }
}

function compilerPluginsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
}

/** WeChat's compiler makes scripts strict, unless it is off or `disableUseStrict` is set. */
function isStrict(settings: Json): boolean {
  const isCompiled = settings['es6'] !== false || settings['enhance'] === true
  return isCompiled && settings['disableUseStrict'] !== true
}

/** With `packNpmManually` the list says it; else each package.json in the mini-program's folder or the root. */
function npmSourcesOf(root: string, miniprogramRoot: string, settings: Json): NpmSource[] {
  const relations = settings['packNpmRelationList']
  if (settings['packNpmManually'] === true && Array.isArray(relations)) {
    return relations.map(recordOf).flatMap((relation): NpmSource[] => {
      const packageJson = textOf(relation['packageJsonPath'])
      if (packageJson === undefined) return []
      return [
        {
          packageJson: join(root, packageJson),
          target: join(root, textOf(relation['miniprogramNpmDistDir']) ?? '.'),
        },
      ]
    })
  }
  const candidates = [join(miniprogramRoot, 'package.json'), join(root, 'package.json')]
  const found = [...new Set(candidates)].filter((file) => existsSync(file))
  return found.map((packageJson) => ({
    packageJson,
    target: packageJson.startsWith(miniprogramRoot) ? dirname(packageJson) : miniprogramRoot,
  }))
}

function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** A path of the settings. Some that were written on Windows have its separator. */
function folderOf(value: unknown): string | undefined {
  return textOf(value)?.replaceAll('\\', '/')
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
