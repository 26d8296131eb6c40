import type { FunctionSettings } from '../cloud/functions/settings/function-settings.ts'
import type { CollectionDefinition } from '../cloud/make-collections.ts'
import type { ProjectAnswer } from '../cloud/openapi/answers/project-answers.ts'
import type { ExampleSettings } from '../control/example.ts'
import type { FiguresSettings } from '../control/figures.ts'
import type { GuideSettings } from '../control/guide.ts'
import type { OperationsSettings } from '../control/operations.ts'
import type { PermissionLevel, Permissions } from '../control/permissions.ts'

/**
 * A project's settings for the emulator: the default export of `emulator.config.ts` (or `.mts`, `.js`, `.mjs`), or the
 * content of `emulator.config.json`, beside project.config.json. A saved change takes effect without a restart.
 */
export interface EmulatorConfig {
  /** Appid of the mini-program; that of project.config.json by default. */
  appid?: string
  /** Id of the cloud environment, as `getWXContext().ENV` says it. Any id that a page or a function names is this one. */
  environmentId?: string
  /** Environment variables of every function. */
  variables?: Readonly<Record<string, string>>
  /** By function's name; over `cloudbaserc.json` and each `config.json`, field by field. */
  functions?: Readonly<Record<string, FunctionSettings>>
  /**
   * A module, by its path from the project's root, with interfaces of `wx` of the project's own, which take precedence:
   * `export default { getWeRunData(options, phone) {} } satisfies WxModule`, the type from `wechat-cloud-emulator/wx`.
   */
  wx?: string
  /**
   * Who may do what from a mini-program: collections with levels or security rules, storage, functions. Holds from each
   * start on, over what the console has set.
   */
  permissions?: Permissions
  /**
   * A JSON file of the same form, from the project's root, that can be committed. What is changed in the console is
   * written to it: the one file of a project that the emulator writes.
   */
  permissionsFile?: string
  /**
   * Hosts that may be reached: `api.example.com`, `*.example.com`, `*` for the whole internet. An address of this machine
   * or its network, such as `localhost:3000`, must be named itself. None by default.
   */
  allowedHosts?: readonly string[]
  /**
   * Answers to `cloud.openapi` and, as `cloudPay.<name>`, to `cloud.cloudPay`, by name such as `ocr.idcard`. They replace
   * those of the emulator. Not in `emulator.config.json`.
   */
  openapi?: Readonly<Record<string, ProjectAnswer>>
  /**
   * Collections that are made if they do not exist, by name. A permission holds from each start on, over what the
   * console has set. Security rules are in `permissions`.
   */
  collections?: Readonly<Record<string, PermissionLevel | CollectionDefinition>>
  /**
   * Whether a request to a collection that does not exist fails, as on the platform. Otherwise, by default, the collection
   * is made the first time it is asked for, with a note.
   */
  strictCollections?: boolean
  /**
   * Whether the console begins with a table of the collection `users`, or of the collection that is named: phone number,
   * sessions and state of people who log in by phone number.
   */
  userTable?: boolean | string
  /**
   * What the console's figures count: which calls are logins, which fields of an answer say how it went, what a phone
   * authorization costs.
   */
  figures?: FiguresSettings
  /**
   * What an administrator does by calling functions as 云端测试 does, which the console shows as forms, tables and buttons;
   * see README.md.
   */
  operations?: OperationsSettings
  /** What the console's guide points to first on the phone, when somebody opens the console for the first time. */
  guide?: GuideSettings
  /**
   * Example data that the console loads and removes with one click: what the project's own functions leave when `use` calls
   * them in an empty cloud. Not in `emulator.config.json`.
   */
  example?: ExampleSettings
  /** Runs before anything else, and again whenever a watched file is saved. For functions with a build of their own. */
  build?: BuildStep
}

export interface BuildStep {
  /** Folders, from the project's root. */
  watch: readonly string[]
  /** @returns what is wrong with the sources, a line each with file and line; an error it throws counts as one line */
  run: () => Promise<BuildFindings | undefined> | BuildFindings | undefined
}

export interface BuildFindings {
  errors?: readonly string[]
  /** What is built, but may not do what its author means. */
  notes?: readonly string[]
}

/** What a function that makes the settings is given. Both are absolute. */
export interface ConfigContext {
  projectDirectory: string
  /** Where the cloud keeps its data; exists. A file in it stays out of the project. */
  dataDirectory: string
}

/** What emulator.config exports. */
export type ConfigExport =
  | EmulatorConfig
  | ((context: ConfigContext) => EmulatorConfig | Promise<EmulatorConfig>)
