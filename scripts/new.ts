/**
 * `npm run new -- function <name>` and `npm run new -- page <name>`: a guarded function or a page with all that belongs to
 * it, to be filled in.
 */
import { spawnSync } from 'node:child_process'
import { readArguments } from './lib/arguments.ts'
import { NoSuchList } from './lib/edit/source-text.ts'
import { isTitle, type Names, namesOf } from './lib/new/names.ts'
import { addFunction, addOwnedFunction } from './lib/new/new-function.ts'
import { addPage, NoSuchFunction } from './lib/new/new-page.ts'
import { NameTaken, ProjectEdits } from './lib/new/project-edits.ts'
import { fail, projectPath } from './lib/project.ts'

const USAGE = `npm run new -- function <name> [--owned --title 我的笔记]
npm run new -- page <name> [--title 关于] [--guarded] [--function <function>]
名称用驼峰，如 notes 或 travelNotes · a name such as notes or travelNotes
--owned     用户自己的集合：保存、列出、删除、导出、注销 · a collection of the user's
--guarded   登录后可见 · for logged-in users only
--function  显示这个函数的列表或回答 · shows the list or answer of this function
--title     用户看到的名称，1 到 20 个字 · what users read`

const { positionals, values } = readArguments(USAGE, {
  allowPositionals: true,
  options: {
    owned: { type: 'boolean' },
    guarded: { type: 'boolean' },
    function: { type: 'string' },
    title: { type: 'string' },
  },
})
const [kind, name = '', ...others] = positionals
const { owned: isOwned = false, guarded: isGuarded = false, function: functionName, title = name } = values
const names = namesOf(name)
if (!names || others.length > 0 || !isTitle(title)) fail(USAGE)
const edits = new ProjectEdits(projectPath('.'))
try {
  prepare(names)
  const files = edits.write()
  formatFiles(files)
  console.log(files.join('\n'))
} catch (error) {
  if (error instanceof NameTaken) fail(`${error.message} 已存在 · is there already`)
  if (error instanceof NoSuchFunction) fail(error.message)
  if (error instanceof NoSuchList)
    fail(`${error.message} 找不到，无法添加 · cannot be found, so nothing was added`)
  throw error
}

function prepare(made: Names): void {
  if (kind === 'function' && !isGuarded && functionName === undefined) {
    if (isOwned) addOwnedFunction(edits, made, title)
    else addFunction(edits, made)
  } else if (kind === 'page' && !isOwned) {
    addPage(edits, made, { title, isGuarded, ...(functionName === undefined ? {} : { functionName }) })
  } else fail(USAGE)
}

/** Where lines break depends on the length of the name. */
function formatFiles(files: readonly string[]): void {
  const biome = projectPath('node_modules/@biomejs/biome/bin/biome')
  const formatted = files.filter((file) => /\.(ts|json)$/.test(file))
  spawnSync(process.execPath, [biome, 'check', '--write', ...formatted], { cwd: projectPath('.') })
}
