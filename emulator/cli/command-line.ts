import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { PermissionLevel } from '../control/permissions.ts'
import { CommandError } from './command-error.ts'

/** What the arguments say. Paths are absolute. */
export interface CommandLine {
  project: string
  /** 0 for any free port. */
  port: number
  /** undefined for the default. */
  dataDirectory: string | undefined
  isReset: boolean
  /** Whether packages that functions lack are installed beside the data. */
  isInstalling: boolean
  /** Whether pages and functions may reach any host. */
  isOnline: boolean
  isOpened: boolean
  /** Where debuggers find the functions, 0 for any free port; undefined when they are not debugged. */
  inspectorPort: number | undefined
  /** Whether the terminal shows errors alone. */
  isQuiet: boolean
  /** Whether the terminal shows one JSON object a line. */
  isJson: boolean
  /** Files and folders to be imported, in their order. */
  seeds: readonly string[]
  /** The file of differences that the cloud follows. */
  follow: string | undefined
  permissions: ReadonlyMap<string, PermissionLevel>
}

/** How the command is called, for its usage and its errors. */
export interface CommandName {
  /** As it is typed, before its options. */
  name: string
  /** Where the project is if `--project` does not say it; the current folder by default. */
  project?: string
  /** Where the data is kept if `--data` does not say it. */
  dataDirectory?: string
}

/** `CUSTOM` needs a rule, which an argument has no room for. */
const LEVELS = ['READONLY', 'PRIVATE', 'ADMINWRITE', 'ADMINONLY'] as const

/** @throws CommandError for an unknown argument, or one without sense */
export function readCommandLine(argv: readonly string[], defaults: CommandName): CommandLine {
  const { values } = parse(argv, defaults)
  return {
    project: resolve(values.project ?? defaults.project ?? '.'),
    port: readPort(values.port),
    dataDirectory: dataDirectoryOf(values, defaults),
    isReset: values.reset,
    isInstalling: values.install,
    isOnline: values.network,
    isOpened: values.open,
    inspectorPort: values.inspect === undefined ? undefined : readPort(values.inspect, '--inspect'),
    isQuiet: values.quiet,
    isJson: values.json,
    follow: values.follow === undefined ? undefined : resolve(values.follow),
    seeds: values.seed.map((path) => resolve(path)),
    permissions: new Map(values.permission.map(parsePermission)),
  }
}

/** A project that is named has data of its own. */
function dataDirectoryOf(
  { data, project }: { data?: string | undefined; project?: string | undefined },
  defaults: CommandName,
): string | undefined {
  if (data !== undefined) return resolve(data)
  return project === undefined ? defaults.dataDirectory : undefined
}

/** @throws CommandError */
export function readPort(text: string, option = '--port'): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new CommandError(`${option} ${text}: not a port (0 to 65535; 0 takes any free one)`)
  return port
}

function parse(argv: readonly string[], { name }: CommandName) {
  try {
    return parseArgs({
      // `--inspect` alone takes the usual port of debuggers.
      args: argv.map((argument) => (argument === '--inspect' ? '--inspect=9229' : argument)),
      options: {
        project: { type: 'string' },
        port: { type: 'string', default: '5270' },
        data: { type: 'string' },
        reset: { type: 'boolean', default: false },
        install: { type: 'boolean', default: false },
        network: { type: 'boolean', default: false },
        inspect: { type: 'string' },
        open: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        follow: { type: 'string' },
        seed: { type: 'string', multiple: true, default: [] },
        permission: { type: 'string', multiple: true, default: [] },
      },
    })
  } catch (error) {
    // The first sentence names the argument; the others are advice to the author of the command.
    const [problem] = (error as Error).message.split('. ')
    throw new CommandError(`参数有误 · arguments: ${problem}（${name} --help）`)
  }
}

function parsePermission(text: string): [string, PermissionLevel] {
  const [, name, level] = /^(.+)=(\w+)$/.exec(text) ?? []
  const permission = LEVELS.find((known) => known === level?.toUpperCase())
  if (name === undefined || permission === undefined)
    throw new CommandError(
      `--permission ${text}: 应为 集合名=权限 · wants <collection>=<${LEVELS.join('|')}>, such as users=PRIVATE`,
    )
  return [name, permission]
}
