import type { BatchAct } from '../../../contract/admin.ts'
import { LOCAL_APPID } from '../import-users/local-appid.ts'
import { parseMapping } from '../import-users/mapping.ts'
import { fail } from '../project.ts'
import { Prompt } from '../prompt.ts'
import { readSettings } from '../settings.ts'
import type { Administrator } from './admin-cloud.ts'
import { runExport } from './export-users.ts'
import { readFilters, type TypedFilters } from './list-users.ts'
import { runList, runRecords, runShow } from './look-commands.ts'
import type { Output } from './print.ts'
import { type NamedAction, runAction } from './run-action.ts'
import { runBatch } from './run-batch.ts'
import { runImport } from './run-import.ts'
import { readUserList } from './user-list-file.ts'

export const USAGE = `npm run admin -- token [--name NAME] [--may look,act,reveal] [--local]
npm run admin -- open <sealedPhone>
npm run admin -- find <手机号 phone, user id, or old:旧编号 old id; - 从标准输入读 reads it from stdin>
npm run admin -- list [--nickname 开头 beginning] [--status active|disabled|closing] [--device 型号 model]
                      [--last-login 2026-11-01..2026-11-29] [--created …] [--limit 20] [--cursor …]
npm run admin -- show <user id>
npm run admin -- records [user id] [--act admin.reveal] [--day 2026-11-29] [--cursor …]
npm run admin -- export <文件 file, or -> [--nickname …, as list]
npm run admin -- reveal|disable|enable|end-sessions <user id>… --reason <原因>
npm run admin -- disable|enable|end-sessions --from <文件 file> --reason <原因> [--dry-run] [--yes]
npm run admin -- transfer <from user id> <to user id> --reason <原因>
npm run admin -- stats
npm run admin -- import <集合 collection> --reason <原因> [--map phone=mobile,…] [--dry-run]
  --cloud  线上环境，用已登录的 CloudBase CLI · the deployed cloud, by the CloudBase CLI that is signed in
  --json | --text`

/** Options and words of the command line, without the command. */
export interface Typed extends TypedFilters {
  /** Words after the command. */
  subjects: readonly string[]
  output: Output
  cloud: boolean
  from?: string | undefined
  'dry-run': boolean
  yes: boolean
  limit: string
  cursor?: string | undefined
  act?: string | undefined
  day?: string | undefined
  map?: string[] | undefined
}

interface Command {
  /** How many words may follow. */
  least: number
  most: number
  /** The people may be named in a file (`--from`), and it can be tried first (`--dry-run`). */
  isForMany?: true
  /** Absent for what needs no cloud. */
  run?: (administrator: Administrator, typed: Typed) => Promise<void>
}

export type CommandName =
  | 'token'
  | 'open'
  | 'find'
  | 'list'
  | 'show'
  | 'records'
  | 'export'
  | 'reveal'
  | 'disable'
  | 'enable'
  | 'end-sessions'
  | 'transfer'
  | 'stats'
  | 'import'

const MANY = Number.POSITIVE_INFINITY

export const COMMANDS: Readonly<Record<CommandName, Command>> = {
  token: { least: 0, most: 0 },
  open: { least: 1, most: 1 },
  find: { least: 1, most: 1, run: find },
  list: {
    least: 0,
    most: 0,
    run: (administrator, typed) =>
      runList(
        administrator,
        readFilters(typed),
        { limit: readLimit(typed.limit), cursor: typed.cursor },
        typed.output,
      ),
  },
  show: {
    least: 1,
    most: 1,
    run: (administrator, { subjects: [userId = ''], output }) => runShow(administrator, userId, output),
  },
  records: { least: 0, most: 1, run: records },
  export: {
    least: 1,
    most: 1,
    run: (administrator, typed) => runExport(administrator, readFilters(typed), typed.subjects[0] ?? '-'),
  },
  reveal: { least: 1, most: MANY, run: named('reveal') },
  disable: { least: 1, most: MANY, isForMany: true, run: forMany('disable') },
  enable: { least: 1, most: MANY, isForMany: true, run: forMany('enable') },
  'end-sessions': { least: 1, most: MANY, isForMany: true, run: forMany('endSessions') },
  transfer: { least: 2, most: 2, run: named('transfer') },
  stats: { least: 0, most: 0, run: named('stats') },
  import: { least: 1, most: 1, run: importUsers },
}

function named(action: NamedAction): Required<Command>['run'] {
  return (administrator, { subjects, output }) => runAction(administrator, { action, subjects }, output)
}

/** A few people who are named are changed all or none, without a question. */
function forMany(act: BatchAct): Required<Command>['run'] {
  return (administrator, { subjects, output, from, 'dry-run': isDryRun, yes: isConfirmed }) => {
    if (from === undefined && !isDryRun) return runAction(administrator, { action: act, subjects }, output)
    const userIds = from === undefined ? [...new Set(subjects)] : readUserList(from)
    return runBatch(administrator, { act, userIds, isDryRun, isConfirmed }, output)
  }
}

/** A number that is typed at the question stands in no history of a shell and no list of processes. */
async function find(administrator: Administrator, { subjects, output }: Typed): Promise<void> {
  const [subject = ''] = subjects
  await runAction(
    administrator,
    { action: 'find', subjects: [subject === '-' ? await ask() : subject] },
    output,
  )
}

async function ask(): Promise<string> {
  const prompt = new Prompt(process.stderr)
  const typed = await prompt.ask('手机号 phone: ')
  prompt.close()
  return typed || fail(USAGE)
}

function records(administrator: Administrator, { subjects, act, day, cursor, output }: Typed): Promise<void> {
  const [userId] = subjects
  const filters = {
    ...(userId === undefined ? {} : { userId }),
    ...(act === undefined ? {} : { act }),
    ...(day === undefined ? {} : { day }),
    ...(cursor === undefined ? {} : { cursor }),
  }
  return runRecords(administrator, filters, output)
}

function importUsers(administrator: Administrator, typed: Typed): Promise<void> {
  const { appid } = readSettings()
  const ofMiniProgram = typed.cloud ? (appid ?? fail('请先 npm run setup · run that first')) : LOCAL_APPID
  return runImport(administrator, {
    appid: ofMiniProgram,
    from: typed.subjects[0] ?? '',
    fields: parseMapping(typed.map ?? []),
    dryRun: typed['dry-run'],
  })
}

function readLimit(typed: string): number {
  const limit = Number(typed)
  return Number.isInteger(limit) && limit >= 1 ? limit : fail(`--limit ${typed}: 1, 2, …`)
}
