import { COLLECTION_NAMES } from '../../../cloudfunctions/app-config.ts'
import { listCall, listOwned } from './listed-operations.ts'
import { literal, type Names } from './names.ts'
import { NameTaken, type ProjectEdits } from './project-edits.ts'
import { fill } from './template.ts'

const CONTRACT = 'contract/app/functions.ts'
const APP_CONFIG = 'cloudfunctions/app-config.ts'
const CLIENT_CONFIG = 'miniprogram/app-config.ts'
const ENGLISH = ['appConfig', 'english', 'content']
const OPERATIONS = 'test/support/operations/app.ts'
/** Collections of the login: their names in the functions and in the database. */
const COLLECTIONS = Object.entries(COLLECTION_NAMES).flat()

const GREETS = { english: 'greets from a place', chinese: '从一个地点问好' }

/** Adds a function that greets a logged-in user. @throws NameTaken */
export function addFunction(edits: ProjectEdits, names: Names): void {
  const { name, type } = names
  addFiles(edits, names, 'function')
  addToContract(edits, names, [`${type}Data`, `${type}Request`], `Exchange<${type}Request, ${type}Data>`)
  addOperations(
    edits,
    'guarded',
    `guarded('${name}', '', { english: '${GREETS.english}', chinese: '${GREETS.chinese}' }, { request: ({ token }) => ({ token, place: '杭州' }) })`,
  )
  listCall(edits, name, GREETS)
}

/**
 * Adds a function with a collection of the user's: with limit, paging, export, deletion with the account, cleanup and
 * indexes.
 * @param title what users call the collection
 * @throws NameTaken
 */
export function addOwnedFunction(edits: ProjectEdits, names: Names, title: string): void {
  const { name, type } = names
  if (COLLECTIONS.includes(name)) throw new NameTaken(`${APP_CONFIG}: ${name}`)
  addFiles(edits, names, 'owned')
  const actions = ['Save', 'List', 'Remove']
  addToContract(
    edits,
    names,
    actions.flatMap((action) => [`${action}${type}Data`, `${action}${type}Request`]),
    actions.map((action) => `| Exchange<${action}${type}Request, ${action}${type}Data>`).join(' '),
  )
  edits.append(APP_CONFIG, ['OWNED_COLLECTIONS'], name, `'${name}'`)
  edits.append(CLIENT_CONFIG, ['appConfig', 'content', 'collections'], name, `${name}: ${literal(title)}`)
  edits.appendIfThere(CLIENT_CONFIG, [...ENGLISH, 'collections'], name, `${name}: ${literal(title)}`)
  const collected = `使用“${title}”时：你填写的内容和保存时间，用于在你需要时展示给你。`
  edits.append(CLIENT_CONFIG, ['appConfig', 'content', 'collected'], collected, literal(collected))
  const english = `When you use “${title}”: what you write and the time, to show it to you when you need it.`
  edits.appendIfThere(CLIENT_CONFIG, [...ENGLISH, 'collected'], english, literal(english))
  addOperations(edits, 'ownedOperations', `...ownedOperations('${name}', { text: '带上雨伞' })`)
  listOwned(edits, name)
}

function addFiles(edits: ProjectEdits, { name, file, type }: Names, kind: 'function' | 'owned'): void {
  const folder = `cloudfunctions/${name}`
  if (edits.has(folder)) throw new NameTaken(folder)
  const words = { NAME: name, FILE: file, TYPE: type }
  edits.create(`contract/app/${file}.ts`, fill(`${kind}/contract`, words))
  edits.create(`${folder}/index.ts`, fill(`${kind}/index`, words))
  edits.create(`${folder}/${file}.ts`, fill(`${kind}/use-case`, words))
  edits.create(`${folder}/${file}.test.ts`, fill(`${kind}/test`, words))
  edits.create(`${folder}/config.json`, fill(`${kind}/config`, words))
}

function addToContract(
  edits: ProjectEdits,
  { name, file }: Names,
  types: readonly string[],
  exchange: string,
): void {
  edits.changeSource(CONTRACT, (source) => {
    const taken = source.importedNames().find((imported) => types.includes(imported))
    if (taken !== undefined) throw new NameTaken(`${CONTRACT}: ${taken}`)
    return source.addImport(`import type { ${[...types].sort().join(', ')} } from './${file}'`)
  })
  edits.append(CONTRACT, ['AppFunctions'], name, `${name}: ${exchange}`)
}

/** Adds the function's operations to the catalogue of the tests. */
function addOperations(edits: ProjectEdits, builder: 'guarded' | 'ownedOperations', entry: string): void {
  edits.changeSource(OPERATIONS, (source) => {
    const isImported = source.importedNames().includes(builder)
    const file = builder === 'guarded' ? 'guarded' : 'owned'
    const imported = isImported ? source : source.addImport(`import { ${builder} } from './${file}.ts'`)
    return imported.append(['APP_OPERATIONS'], entry)
  })
}
