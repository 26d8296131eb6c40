import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import {
  JsonError,
  NoProject,
  parseJson,
  readProject,
  type WechatProject,
} from 'wechat-cloud-emulator/project'
import { readAppJson } from '../edits/app-json.ts'
import { Refusal } from '../refusal.ts'
import { findCloudInit, findCollections } from './app-code.ts'
import { pathIn, type Target } from './target.ts'

const CONFIG = 'project.config.json'
const EMULATOR_CONFIG = /^emulator\.config\.(ts|mts|js|mjs|json)$/
/** Where functions go in an app that has none. */
const FUNCTIONS = 'cloudfunctions'

/**
 * Reads a mini-program from the folder of its project.config.json.
 * @throws Refusal if there is none, or one that cannot be read
 */
export function readTarget(folder: string): Target {
  const project = projectIn(folder)
  const { root } = project
  const miniprogramRoot = pathFrom(root, project.miniprogramRoot)
  if (miniprogramRoot === undefined) {
    refuse(`${CONFIG}：miniprogramRoot 不在项目文件夹里 · points outside of the project`)
  }
  const appJsonPath = pathIn(miniprogramRoot, 'app.json')
  const text = readText(root, appJsonPath)
  if (text === undefined) {
    refuse(`没有小程序：${root} 里没有 ${appJsonPath} · no mini-program: it has no ${appJsonPath}`)
  }
  checkJson(appJsonPath, text)
  const value = readAppJson(text)
  if (!Array.isArray(value.pages) || value.pages.length === 0) {
    refuse(`${appJsonPath} 没有 pages · has no pages`)
  }
  const appScript = ['app.ts', 'app.js']
    .map((name) => pathIn(miniprogramRoot, name))
    .find((path) => existsSync(join(root, path)))
  if (appScript === undefined) {
    refuse(`没有小程序：缺少 ${pathIn(miniprogramRoot, 'app.js')} 或 app.ts · it has no app.js or app.ts`)
  }
  const { cloudfunctionRoot } = project
  const ownFunctions = cloudfunctionRoot === undefined ? undefined : pathFrom(root, cloudfunctionRoot)
  if (cloudfunctionRoot !== undefined && ownFunctions === undefined) {
    refuse(`${CONFIG}：cloudfunctionRoot 不在项目文件夹里 · points outside of the project`)
  }
  return {
    root,
    projectName: project.name,
    language: appScript.endsWith('.ts') ? 'ts' : 'js',
    miniprogramRoot,
    functionsRoot: { path: ownFunctions ?? FUNCTIONS, isSet: ownFunctions !== undefined },
    appJson: { path: appJsonPath, text, value },
    appScript: { path: appScript, text: readText(root, appScript) ?? '' },
    projectConfig: { path: CONFIG, text: readText(root, CONFIG) ?? '' },
    emulatorConfigs: readdirSync(root).filter((name) => EMULATOR_CONFIG.test(name)),
    cloudInit: findCloudInit(root, miniprogramRoot, appScript),
    collections: findCollections(root, [miniprogramRoot, ownFunctions ?? miniprogramRoot]),
  }
}

function projectIn(folder: string): WechatProject {
  const root = resolve(folder)
  try {
    return readProject(root).project
  } catch (error) {
    if (!(error instanceof NoProject)) throw error
    if (existsSync(join(root, CONFIG))) refuse(error.message)
    refuse(`没有小程序：${root} 里没有 ${CONFIG} · no mini-program there: it has no ${CONFIG}`)
  }
}

/** Comments and commas after a last element are accepted, as in project.config.json. */
function checkJson(path: string, text: string): void {
  try {
    const { value } = parseJson(text.replace(/^\uFEFF/, ''))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    refuse(`${path}:${error.line} ${error.message}`)
  }
  refuse(`${path} 不是 JSON 对象 · is no JSON object`)
}

function readText(root: string, path: string): string | undefined {
  const file = join(root, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** Undefined for a folder that is not below the root. */
function pathFrom(root: string, folder: string): string | undefined {
  const path = relative(root, folder).split(sep).join('/')
  return path.startsWith('..') ? undefined : path
}

function refuse(line: string): never {
  throw new Refusal(line)
}

/** Name of the app as its first page shows it, or of its project or folder. */
export function nameOf({ appJson, projectName, root }: Target): string {
  return appJson.value.window?.navigationBarTitleText || projectName || basename(root)
}
