import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { ProjectFinding, WechatProject } from './wechat-project.ts'

const CONFIG = 'project.config.json'

/** That there is no mini-program where project.config.json says, with what may help. */
export function findMissingProgram({ root, miniprogramRoot }: WechatProject): ProjectFinding[] {
  if (existsSync(join(miniprogramRoot, 'app.json'))) return []
  const shown = shownPath(root, miniprogramRoot)
  const message = `miniprogramRoot：${shown} 里没有 app.json · has no app.json${placesOf(root)}${buildHint(root)}`
  return [{ file: CONFIG, message }]
}

/** That there is no folder of functions where project.config.json says. A build may make it. */
export function findMissingFunctions({ root, cloudfunctionRoot }: WechatProject): ProjectFinding[] {
  if (cloudfunctionRoot === undefined || isFolder(cloudfunctionRoot)) return []
  const shown = shownPath(root, cloudfunctionRoot)
  const message = `cloudfunctionRoot：没有 ${shown} 这个文件夹 · there is no such folder${buildHint(root)}`
  return [{ file: CONFIG, message }]
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function shownPath(root: string, path: string): string {
  return `${relative(root, path).replaceAll(sep, '/')}/`.replace(/^\/$/, './')
}

/** What the emulator cannot run, by the setting's name. */
export function findUnsupported(config: Readonly<Record<string, unknown>>): ProjectFinding[] {
  const { compileType } = config
  const findings: ProjectFinding[] = []
  if (compileType !== undefined && compileType !== 'miniprogram') {
    const consequence =
      compileType === 'plugin' ? '插件的 miniprogramRoot 会当作小程序运行' : '不支持，只能运行小程序'
    const message = `compileType：${JSON.stringify(compileType)} ${consequence} · only mini-programs run here`
    findings.push({ file: CONFIG, message })
  }
  for (const name of ['qcloudRoot', 'cloudcontainerRoot', 'cloudcontainerv2Root']) {
    const value = config[name]
    if (typeof value !== 'string' || value === '') continue
    findings.push({ file: CONFIG, message: `${name}：不支持，只运行云函数 · only cloud functions run here` })
  }
  return findings
}

/** Where an app.json is instead, one folder below the root. */
function placesOf(root: string): string {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'app.json')))
    .map(({ name }) => `${name}/`)
  if (existsSync(join(root, 'app.json'))) folders.unshift('./')
  return folders.length === 0 ? '' : `；app.json 在 it is in: ${folders.join('、')}`
}

/** Projects of other frameworks have a mini-program only once they are built. */
function buildHint(root: string): string {
  const names = scriptNames(join(root, 'package.json')).filter((name) => /^(build|dev|compile)\b/.test(name))
  if (names.length === 0) return ''
  const commands = names.slice(0, 4).map((name) => `npm run ${name}`)
  return `；可能要先构建 it may have to be built first: ${commands.join('、')}`
}

function scriptNames(file: string): string[] {
  try {
    const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts?: object }
    return Object.keys(scripts ?? {})
  } catch {
    return []
  }
}
