import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExampleSettings } from '../control/example.ts'
import type { FiguresSettings } from '../control/figures.ts'
import type { Note } from '../control/note.ts'
import type { OperationsSettings } from '../control/operations.ts'
import type { Permissions } from '../control/permissions.ts'
import type { FunctionSettings } from './functions/settings/function-settings.ts'
import type { ProjectAnswer } from './openapi/answers/project-answers.ts'

export interface CloudOptions {
  /** Folder for everything that is kept; made if absent. */
  dataDirectory: string
  /** Folder that holds one built folder a function. */
  functionsDirectory: string
  /**
   * Whether a write outlives not only the process but the machine; true by default. With false, for tests, a write does
   * not wait for the disk.
   */
  outlivesMachine?: boolean
  /** 0, the default, takes any free port. */
  port?: number
  /** Environment variables of every function, as set in the console. */
  variables?: Readonly<Record<string, string>>
  /** Settings by function's name; they take precedence over `cloudbaserc.json` and each `config.json`. */
  functions?: Readonly<Record<string, FunctionSettings>>
  /** Folder of the project, where `cloudbaserc.json` may be; that of the functions by default. */
  projectDirectory?: string
  /** Whether packages that functions ask for and the project lacks are installed; false by default. */
  installsMissingPackages?: boolean
  /** Where those are installed; `packages` in the data folder by default. */
  packagesDirectory?: string
  /**
   * Answers to `cloud.openapi` and, as `cloudPay.<name>`, to `cloud.cloudPay`, by name such as `ocr.idcard`. They replace
   * those of the emulator.
   */
  openapi?: Readonly<Record<string, ProjectAnswer>>
  /** Receives, once, what works differently in the cloud or is not supported. */
  onNote?: (note: Note) => void
  environmentId?: string
  appid?: string
  /**
   * The Node that runs every function. By default each runs on that of its runtime (`cloudbaserc.json`) where this machine
   * has it, else on this program's own.
   */
  nodeExecutable?: string
  /**
   * Where debuggers find the functions (see `functions/inspect/inspector.ts`), on 127.0.0.1; 0 takes any free port.
   * Absent: functions cannot be debugged. Each function then has one instance.
   */
  inspectorPort?: number
  /** Instances of one function at the same time. */
  maximumInstances?: number
  /**
   * Documents that a database request of the SDK may examine without an index that serves it, before it is refused;
   * any number by default. Can be changed while the cloud runs: `database.watch.maximumScannedDocuments`.
   */
  maximumScannedDocuments?: number
  /**
   * Who may do what from a mini-program, over what the data folder says; collections get theirs when they are created.
   * A mistake rejects `startCloud` with a RuleError.
   */
  permissions?: Permissions
  /**
   * A JSON file of the same form, which can be committed: read at the start and whenever it changes, over `permissions`.
   * What is changed in the console is written to it. It need not exist yet. A mistake in it is
   * reported, and changes nothing.
   */
  permissionsFile?: string
  /**
   * Hosts that functions may connect to, and pages by `wx.request` and its relatives: `api.example.com`,
   * `*.example.com`, `*` for the whole internet. A page's address of this machine or its network, such as
   * `localhost:3000`, must be named itself. Pages also reach the hosts that are added in the console. None by default:
   * nothing leaves this machine.
   */
  allowedHosts?: readonly string[]
  /**
   * Whether a collection is made the first time a function or a page asks for it, with a note; false by default. The
   * platform makes none: there the request fails with -502005.
   */
  makesMissingCollections?: boolean
  /** A file of differences, made by `npm run parity -- compare --write`, that the cloud follows; see `follow/`. */
  follow?: string
  /** What the figures count as a login and as a refusal, and what an authorization costs. */
  figures?: FiguresSettings
  /** What administrators do by calling functions, in the console. */
  operations?: OperationsSettings
  /** Example data that the console loads and removes. */
  example?: ExampleSettings
  /** Serves other addresses, such as pages; resolves to false for an address it does not know. */
  pages?: Pages
}

export type Pages = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>
