/**
 * `npm run import-users -- export.json`: makes users of the people whom an app already has, from an export of the cloud
 * console (JSON or CSV). Writes `users.import.json` for the console's import, and `users.map.csv` with the old ids and the
 * new ones. `--dry-run` writes nothing. The same export becomes the same files, however often it is run
 * (docs/en/import-users.md).
 */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fieldNames } from '../cloudfunctions/shared/import/field-names.ts'
import { readKeys } from './lib/admin/local-keys.ts'
import { readArguments } from './lib/arguments.ts'
import { readExistingIds } from './lib/import-users/existing-users.ts'
import { planImport } from './lib/import-users/import-plan.ts'
import { LOCAL_APPID } from './lib/import-users/local-appid.ts'
import { MalformedExport } from './lib/import-users/malformed-export.ts'
import { parseMapping } from './lib/import-users/mapping.ts'
import { reportLines } from './lib/import-users/report.ts'
import { writeImport } from './lib/import-users/write-import.ts'
import { fail, projectPath } from './lib/project.ts'
import { readSettings } from './lib/settings.ts'

const USAGE = `npm run import-users -- <导出文件 export.json|.csv> [--dry-run] [--map phone=mobile,nickname=nickName,…]
  --existing <users 的导出 export of users>  已有的用户不写入 · leaves out who is a user already
  --out <文件夹 folder>  --appid wx…  --keys <.env 文件 file>  --local | --data <文件夹 folder>（本机的云 · the embedded cloud）`

const { values, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: {
    'dry-run': { type: 'boolean', default: false },
    map: { type: 'string', multiple: true, default: [] },
    existing: { type: 'string' },
    out: { type: 'string', default: '.' },
    appid: { type: 'string' },
    keys: { type: 'string' },
    local: { type: 'boolean', default: false },
    data: { type: 'string' },
  },
})
const [given, ...others] = positionals
if (given === undefined || others.length > 0) fail(USAGE)

// Ctrl-C leaves no half of a file.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const file = readableFile(given)
const existingFile = values.existing === undefined ? undefined : readableFile(values.existing)
const isLocal = values.local || values.data !== undefined
const fields = fieldNames(parseMapping(values.map))
const target = {
  keys: readKeys(
    isLocal,
    values.data === undefined ? projectPath('.cloud') : resolve(values.data),
    values.keys === undefined ? projectPath('.env') : readableFile(values.keys),
  ),
  appid: values.appid ?? (isLocal ? LOCAL_APPID : appidOfProject()),
  // The same for every run with the same file.
  fallbackTime: new Date(Math.floor(statSync(file).mtimeMs / 1000) * 1000),
}
if (!/^wx\w{6,30}$/.test(target.appid)) fail('--appid: 不是 appid · is no appid')

try {
  const existing =
    existingFile === undefined ? new Set<string>() : await readExistingIds(existingFile, target)
  const plan = await planImport(file, fields, target)
  for (const line of reportLines(plan, { fields, existing })) console.log(line)
  if (plan.people.size === 0) {
    fail(
      '没有可以导入的人：用 --map openid=… 指明 openid 的字段 · nobody to import: --map openid=… names the field',
    )
  }
  if (values['dry-run']) console.log('预演，没有写入文件 · a dry run, no file was written')
  else {
    const out = resolve(values.out)
    mkdirSync(out, { recursive: true })
    const { usersFile, mapFile } = await writeImport({ file, out, fields, target, plan, existing })
    console.log(
      `${usersFile}: 在云开发控制台导入 users，冲突处理选 Insert · import it into users, conflict mode Insert`,
    )
    console.log(`${mapFile}: 旧编号与新编号 · old ids and new ones`)
    console.log('两个文件含个人信息，导入后请删除 · both hold personal data: delete them after the import')
  }
} catch (error) {
  const reason = error instanceof MalformedExport ? error.message : refusalOfSystem(error)
  if (reason === undefined) throw error
  fail(`${reason}\n没有写入文件 · no file was written`)
}

/** One line for a file or folder that the system does not let us read or write. */
function refusalOfSystem(error: unknown): string | undefined {
  const { code, path, syscall } = (error ?? {}) as NodeJS.ErrnoException
  if (syscall === undefined || path === undefined) return undefined
  return `${path}: 读不了或写不了 · cannot be read or written (${code})`
}

function readableFile(path: string): string {
  const absolute = resolve(path)
  if (!existsSync(absolute) || !statSync(absolute).isFile())
    fail(`${path}: 没有这个文件 · there is no such file`)
  return absolute
}

function appidOfProject(): string {
  const { appid } = readSettings()
  if (appid === undefined) {
    fail(
      'project.config.json 没有 appid，请先 npm run setup，或用 --appid · no appid: npm run setup first, or --appid',
    )
  }
  return appid
}
