import { join, relative, sep } from 'node:path'
import type { Pages } from '../cloud/cloud-options.ts'
import type { BuiltConsole } from '../console/build.ts'
import type { GuideSettings } from '../control/guide.ts'
import { NO_FINDINGS, type SourceFindings } from '../control/source-findings.ts'
import type { BuiltPhone, PhoneOptions } from '../phone/build.ts'
import { type Diagnostic, positionOf } from '../phone/program/diagnostic.ts'
import { createPages } from './pages.ts'
import { PhoneBuilds } from './phone-builds.ts'
import type { Sources } from './sources.ts'
import { watchDirectory } from './watch.ts'

export interface DevServerOptions {
  phone: PhoneOptions
  /** Files in findings are named from here. */
  root: string
  /** A folder that may be among the sources and is none of them: that of the cloud's data. */
  ignored?: string
  /** Built beside the mini-program, such as cloud functions. */
  sources?: readonly Sources[]
  /** See {@link PageSources}. */
  userTable?: string | undefined
  /** See {@link PageSources}. */
  operations?: string | undefined
  /** See {@link PageSources}. */
  guide?: GuideSettings | undefined
  /** See {@link PageSources}. */
  hasExample?: boolean
  /** What else is to be shown with the findings of the sources, such as that of the settings. */
  findings?: () => SourceFindings
}

/**
 * Builds a project's sources, its mini-program and the console, and builds again what a saved file belongs to. The
 * functions can be called before the mini-program is built: phones wait for that.
 */
export class DevServer {
  /** Serves the last good build. The pages also show the errors in the sources. */
  readonly pages: Pages
  readonly #options: DevServerOptions
  readonly #phone: PhoneBuilds
  readonly #findings: Map<Sources, SourceFindings>
  readonly #changes: Changes
  #console: Promise<BuiltConsole> | undefined

  private constructor(options: DevServerOptions, { phone, findings, changes }: Parts) {
    this.#options = options
    this.#phone = phone
    this.#changes = changes
    this.#findings = new Map(findings)
    this.pages = createPages({
      console: () => {
        this.#console ??= buildConsole()
        return this.#console
      },
      phone: () => phone.last(),
      findings: async () => {
        await phone.last()
        return this.findings()
      },
      userTable: options.userTable,
      operations: options.operations,
      guide: options.guide,
      hasExample: options.hasExample,
    })
  }

  /** Builds the sources beside the mini-program. */
  static async build(options: DevServerOptions): Promise<DevServer> {
    const sources = options.sources ?? []
    // Watches before the first build, so that a file saved during the build is not missed.
    const changes = watchSources(options.phone.directory, sources, options.ignored)
    const findings = await Promise.all(sources.map(async (one) => [one, await one.build()] as const))
    return new DevServer(options, { phone: new PhoneBuilds(options.phone), findings, changes })
  }

  /** Of the last build. */
  findings(): SourceFindings {
    const settings = this.#options.findings?.() ?? NO_FINDINGS
    const others = [settings, ...this.#findings.values()]
    const { errors = [], notes = [] } = this.#phone.built ?? {}
    return {
      errors: [...others.flatMap((one) => one.errors), ...errors.map(this.#describe)],
      notes: [...others.flatMap((one) => one.notes), ...notes.map(this.#describe)],
    }
  }

  /** Resolves once the mini-program is built. See {@link BuiltPhone}. */
  async missingPackages(): Promise<ReadonlyMap<string, string>> {
    return (await this.#phone.last()).missingPackages
  }

  /**
   * Builds the part again that a saved file belongs to, also a file saved since the first build began.
   * @param onBuilt called after each build, good or not; `built` says of which sources
   * @returns a function that ends it
   */
  watch(onBuilt: (built: 'mini-program' | 'sources') => void): () => void {
    this.#changes.begin(async (changed) => {
      if (changed === 'mini-program') await this.#phone.buildAgain()
      else this.#findings.set(changed, await changed.build())
      onBuilt(changed === 'mini-program' ? changed : 'sources')
    })
    return this.#changes.end
  }

  #describe = (diagnostic: Diagnostic): string => {
    const file = relative(this.#options.root, join(this.#options.phone.directory, diagnostic.file))
    return `${positionOf({ ...diagnostic, file: file.replaceAll(sep, '/') })} ${diagnostic.message}`
  }
}

/** Loads the console's compiler only once somebody opens it. */
async function buildConsole(): Promise<BuiltConsole> {
  return (await import('../console/build.ts')).buildConsole()
}

type Rebuild = (changed: 'mini-program' | Sources) => Promise<void>

interface Parts {
  phone: PhoneBuilds
  findings: readonly (readonly [Sources, SourceFindings])[]
  changes: Changes
}

interface Changes {
  /** Sets the builder. Builds at once what has been saved before. */
  begin: (rebuild: Rebuild) => void
  end: () => void
}

function watchSources(miniProgram: string, others: readonly Sources[], ignored?: string): Changes {
  let begin: Changes['begin'] = () => {}
  const rebuild = new Promise<Rebuild>((resolve) => {
    begin = resolve
  })
  const ends = [
    watchDirectory(miniProgram, async () => (await rebuild)('mini-program'), ignored),
    ...others.flatMap((sources) =>
      sources.folders.map((folder) => watchDirectory(folder, async () => (await rebuild)(sources), ignored)),
    ),
  ]
  const end = () => {
    for (const endOne of ends) endOne()
  }
  return { begin, end }
}
