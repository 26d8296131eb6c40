import { SourceText } from '../edit/source-text.ts'
import { literal, type Names, namesOf } from './names.ts'
import { NameTaken, type ProjectEdits } from './project-edits.ts'
import { fill } from './template.ts'

const APP_JSON = 'miniprogram/app.json'
const TEXTS = 'miniprogram/texts.ts'
const ENGLISH_TEXTS = 'miniprogram/english-texts.ts'
const ACCOUNT_TEXTS = 'miniprogram/account/utils/texts.ts'
const CLIENT_CONFIG = 'miniprogram/app-config.ts'
const SCENARIOS = 'test/faults/app-scenarios.ts'

/** The function of `--function` is not there, or its contract is not the one that the page needs. */
export class NoSuchFunction extends Error {
  override readonly name = 'NoSuchFunction'
}

interface PageOptions {
  /** In the page's top bar. */
  title: string
  /** Shows its content to logged-in users only. */
  isGuarded: boolean
  /** A function of `npm run new`, whose answer or list the page shows. */
  functionName?: string
}

/** Adds a page with its texts and test, and for a function the service. @throws NameTaken @throws NoSuchFunction */
export function addPage(edits: ProjectEdits, names: Names, options: PageOptions): void {
  refuseTaken(edits, names)
  const kind = kindOf(edits, options)
  const ofFunction = namesOf(options.functionName ?? '') ?? names
  const words = {
    NAME: names.name,
    FILE: names.file,
    TITLE: literal(options.title),
    TITLE_JSON: JSON.stringify(options.title),
    FUNCTION: ofFunction.name,
    FUNCTION_FILE: ofFunction.file,
    FUNCTION_TYPE: ofFunction.type,
  }
  const page = `pages/${names.file}/${names.file}`
  for (const ending of ['ts', 'wxml', 'wxss', 'json']) {
    edits.create(`miniprogram/${page}.${ending}`, fill(`${kind}/page.${ending}`, words))
  }
  edits.append(APP_JSON, ['pages'], page, JSON.stringify(page))
  const entry = (table: string) => `${names.name}: ${fill(`${kind}/${table}`, words).trim()}`
  edits.append(TEXTS, ['CHINESE_TEXTS'], names.name, entry('texts'))
  edits.appendIfThere(ENGLISH_TEXTS, ['ENGLISH_TEXTS'], names.name, entry('english-texts'))
  edits.create(`test/miniprogram/${names.file}.test.ts`, fill(`${kind}/test`, words))
  if (kind === 'page' || kind === 'guarded-page') return
  edits.create(`miniprogram/services/${ofFunction.file}.ts`, fill(`${kind}/service`, words))
  edits.changeSource(SCENARIOS, (source) =>
    source.append(['APP_SCENARIOS'], fill(`${kind}/scenarios`, words).trim()),
  )
  if (kind === 'list-page') addLink(edits, names, options.title)
}

/** A line of the account page leads to it. */
function addLink(edits: ProjectEdits, { file }: Names, title: string): void {
  const link = `{ name: '${file}', text: ${literal(title)}, page: '/pages/${file}/${file}' }`
  for (const content of [['content'], ['english', 'content']]) {
    const list = ['appConfig', ...content, 'links']
    edits.changeSource(CLIENT_CONFIG, (source) => (source.has(list) ? source.append(list, link) : source))
  }
}

function refuseTaken(edits: ProjectEdits, { name, file }: Names): void {
  const route = routesOf(edits).find((known) => known.endsWith(`/${file}`))
  if (route !== undefined) throw new NameTaken(`${APP_JSON}: ${route}`)
  const words = new SourceText(ACCOUNT_TEXTS, edits.read(ACCOUNT_TEXTS)).entries(['CHINESE_TEXTS'])
  if (name === 'app' || words.includes(name)) throw new NameTaken(`${ACCOUNT_TEXTS}: ${name}`)
}

/** The routes of the main package, and those of every page that a subpackage names. */
function routesOf(edits: ProjectEdits): string[] {
  const text = edits.read(APP_JSON)
  return [...text.matchAll(/"((?:[\w-]+\/)+[\w-]+)"/g)].flatMap(([, route]) => route ?? [])
}

function kindOf(
  edits: ProjectEdits,
  { isGuarded, functionName }: PageOptions,
): 'page' | 'guarded-page' | 'call-page' | 'list-page' {
  if (functionName === undefined) return isGuarded ? 'guarded-page' : 'page'
  const names = namesOf(functionName)
  const contract = `contract/app/${names?.file}.ts`
  if (!names || !edits.has(contract)) throw new NoSuchFunction(`${contract} 不存在 · is not there`)
  const text = edits.read(contract)
  const has = (name: string, ...fields: string[]) =>
    fields.every((field) => fieldsOf(text, name).includes(field))
  if (has(`Save${names.type}Request`, 'key', 'text') && has(`${names.type}Item`, 'id', 'text', 'createdAt')) {
    return 'list-page'
  }
  if (has(`${names.type}Request`, 'place') && has(`${names.type}Data`, 'greeting')) return 'call-page'
  throw new NoSuchFunction(
    `${contract} 不是 npm run new 写下的样子，请先生成页面再改字段 · has other fields than npm run new writes: make the page first`,
  )
}

function fieldsOf(contract: string, name: string): string[] {
  if (!contract.includes(`interface ${name} `)) return []
  return new SourceText('contract.ts', contract).entries([name])
}
