import { createRequire } from 'node:module'
import type { Notes } from '../notes.ts'
import { instanceEnvironment, type NetworkRules, type Platform } from './environment.ts'
import type { FunctionDefinition } from './function-catalog.ts'
import { editorBootloader } from './inspect/editor-bootloader.ts'
import type { Inspector } from './inspect/inspector.ts'
import type { StoppedTime } from './inspect/stopped-time.ts'
import type { InstancePrograms } from './instance-programs.ts'
import type { Launch } from './launch.ts'
import { EntryCompiler } from './loading/entry-compiler.ts'
import { SdkBundle } from './loading/sdk-bundle.ts'
import type { NodeChoice } from './node/node-choice.ts'
import { isInstalled } from './packages/declared-packages.ts'
import type { FunctionPackages } from './packages/function-packages.ts'

export interface LauncherOptions {
  platform: Platform
  network: NetworkRules
  packages: FunctionPackages
  notes: Notes
  programs: InstancePrograms
  /** Folder for compiled functions; made if absent. */
  compiledDirectory: string
  /** Environment variables of every function, as set in the console. */
  variables: Readonly<Record<string, string>>
  nodes: NodeChoice
  stoppedTime: StoppedTime
  /** Present when instances can be debugged. */
  inspector?: Inspector
}

/** Prepares instances: compiles what Node cannot read, finds or installs packages, and puts the environment together. */
export class Launcher {
  readonly #options: LauncherOptions
  readonly #compiler: EntryCompiler
  readonly #sdkBundle: SdkBundle
  readonly #suppliedSdks: Readonly<Record<string, string>>

  constructor(options: LauncherOptions) {
    this.#options = options
    this.#compiler = new EntryCompiler(options.compiledDirectory)
    const sdk = createRequire(import.meta.url).resolve('wx-server-sdk')
    this.#sdkBundle = new SdkBundle(options.compiledDirectory, sdk)
    this.#suppliedSdks = {
      'wx-server-sdk': sdk,
      '@cloudbase/node-sdk': createRequire(sdk).resolve('@cloudbase/node-sdk'),
      'tcb-admin-node': options.programs.tcbAdminNode,
    }
  }

  /**
   * @param log receives what the developer waits for
   * @throws Error that says why the function cannot be started
   */
  async prepare(definition: FunctionDefinition, log: (text: string) => void): Promise<Launch> {
    const { platform, network, packages, notes, variables, programs, nodes, stoppedTime, inspector } =
      this.#options
    const { name, directory, entry, exportName, memoryMegabytes, runtime } = definition
    const node = nodes.choose(runtime)
    if (node.note) notes.add(node.note)
    for (const note of definition.notes) notes.add(note)
    const provided = await packages.provide(definition, log)
    const bundledSdk = isInstalled(directory, 'wx-server-sdk') ? undefined : await this.#sdkBundle.make()
    const compiledEntry = await this.#compiler.compile(definition)
    return {
      settings: {
        functionName: name,
        directory,
        entry,
        exportName,
        suppliedSdks: this.#suppliedSdks,
        ...(bundledSdk === undefined ? {} : { bundledSdk }),
        ...(provided.directory === undefined ? {} : { packageDirectory: provided.directory }),
        ...(provided.failure === undefined ? {} : { installFailure: provided.failure }),
        ...(compiledEntry === undefined ? {} : { compiledEntry }),
      },
      version: `${definition.version}:${provided.directory ?? ''}`,
      memoryMegabytes,
      environment: withDebugger(
        instanceEnvironment(platform, network, { ...variables, ...definition.variables }),
        inspector && programs.inspectorUrl,
      ),
      runtime: programs.runtime,
      nodeExecutable: node.executable,
      onNote: (note) => notes.add(note),
      stoppedTime,
      ...(inspector ? { inspector } : {}),
    }
  }
}

/** @param inspectorUrl compiled `inspect/inspector-url.ts`; absent when nothing is debugged */
function withDebugger(
  environment: Record<string, string>,
  inspectorUrl: string | undefined,
): Record<string, string> {
  const editor = editorBootloader(process.env)
  if (inspectorUrl === undefined || editor === undefined) return environment
  const { NODE_OPTIONS = '' } = environment
  const options = `${NODE_OPTIONS} --require ${JSON.stringify(inspectorUrl)} ${editor.option}`.trim()
  return { ...environment, ...editor.variables, NODE_OPTIONS: options }
}
