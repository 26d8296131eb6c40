import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CloudOptions } from '../cloud/cloud-options.ts'
import { CONFIG_FILES, ConfigError, loadConfig } from '../config/load-config.ts'
import type { GuideSettings } from '../control/guide.ts'
import type { PhoneOptions } from '../phone/build.ts'
import { locateProject } from '../project/locate-project.ts'
import { findMissingFunctions } from '../project/project-findings.ts'
import { NoProject, PROJECT_FILES, readProject } from '../project/read-project.ts'
import type { WechatProject } from '../project/wechat-project.ts'
import type { Sources } from '../server/sources.ts'
import { CommandError } from './command-error.ts'
import type { CommandLine } from './command-line.ts'
import { dataDirectoryOf } from './data-directory.ts'
import { explainFailedStart } from './explain-failed-start.ts'
import { type Collections, cloudOptionsOf, phoneOptionsOf, sourcesOf, withPermissions } from './options.ts'

/** A project as its own files and the command's arguments describe it. */
export interface ProjectSettings {
  project: WechatProject
  /** To be made; those of the arguments take precedence. */
  collections: Collections
  dataDirectory: string
  phone: PhoneOptions
  cloud: Omit<CloudOptions, 'port' | 'pages'>
  sources: readonly Sources[]
  userTable: string | undefined
  guide: GuideSettings | undefined
  /** What is wrong with project.config.json now, a line each. */
  findings: () => readonly string[]
  /** Files that the settings come from, whether they exist or not. */
  files: readonly string[]
}

/** The project's files cannot be read, or a setting is wrong. */
export class SettingsError extends CommandError {
  /** As {@link ProjectSettings.files}. */
  readonly files: readonly string[]

  constructor(message: string, files: readonly string[]) {
    super(message)
    this.files = files
  }
}

/** @throws SettingsError with a line for each fault */
export async function readProjectSettings(line: CommandLine): Promise<ProjectSettings> {
  const root = resolve(line.project)
  const known = [...PROJECT_FILES, ...CONFIG_FILES].map((name) => join(root, name))
  try {
    locateProject(root)
    const { project, findings } = readProject(root)
    const dataDirectory = line.dataDirectory ?? dataDirectoryOf(root)
    makeDirectory(dataDirectory, line.port)
    const { config, files } = await loadConfig({ projectDirectory: root, dataDirectory })
    const phone = phoneOptionsOf(project, config, dataDirectory)
    return {
      project,
      collections: withPermissions(config.collections ?? {}, line.permissions),
      dataDirectory,
      phone,
      cloud: cloudOptionsOf(project, config, { ...line, dataDirectory }),
      sources: sourcesOf(config, root),
      guide: config.guide,
      userTable: config.userTable === true ? 'users' : config.userTable || undefined,
      findings: () =>
        [...findings, ...findMissingFunctions(project)].map(({ file, message }) => `${file} ${message}`),
      files: [...new Set([...known, ...files, ...(phone.wxModule === undefined ? [] : [phone.wxModule])])],
    }
  } catch (error) {
    if (error instanceof ConfigError) throw new SettingsError(error.message, [...known, ...error.files])
    if (error instanceof NoProject) throw new SettingsError(error.message, known)
    throw error
  }
}

function makeDirectory(dataDirectory: string, port: number): void {
  try {
    mkdirSync(dataDirectory, { recursive: true })
  } catch (error) {
    throw new CommandError(explainFailedStart(error, { port, dataDirectory }))
  }
}
