import type { Note } from '../../../control/note.ts'
import { findInstalledNodes, type InstalledNode } from './installed-nodes.ts'

/** The Node that runs a function, and what to tell the developer if it is not the one of the cloud. */
export interface ChosenNode extends InstalledNode {
  note?: Note
}

/** `instance-programs.ts` builds for no older one. */
const OLDEST_MAJOR = 16

/** A runtime by the platform's name, such as `Nodejs20.19` or `Nodejs26.x`. */
const RUNTIME = /^Nodejs(\d+)\.(\d+|x)$/

const OWN: InstalledNode = { version: process.versions.node, executable: process.execPath }

export interface NodeChoiceOptions {
  /** May have Nodes as npm packages. */
  projectDirectory: string
  /** The program that runs every function, whatever its runtime; its path stands for its version. */
  fixed?: string | undefined
  own?: InstalledNode
  find?: () => readonly InstalledNode[]
}

/** Chooses the Node for a function by the runtime that its project names. */
export class NodeChoice {
  readonly #own: InstalledNode
  readonly #fixed: InstalledNode | undefined
  readonly #find: () => readonly InstalledNode[]
  readonly #chosen = new Map<string, ChosenNode>()
  #installed: readonly InstalledNode[] | undefined

  constructor({ projectDirectory, fixed, own = OWN, find }: NodeChoiceOptions) {
    this.#own = own
    this.#fixed = fixed === undefined ? undefined : { version: fixed, executable: fixed }
    this.#find = find ?? (() => findInstalledNodes(projectDirectory))
  }

  /**
   * The Node of that runtime where this machine has it; else one of the same major version; else the one that runs the
   * emulator. What differs from the runtime has a note.
   * @param runtime the platform's name; undefined for a function whose project names none
   */
  choose(runtime: string | undefined): ChosenNode {
    if (this.#fixed !== undefined) return this.#fixed
    if (runtime === undefined) return this.#own
    const known = this.#chosen.get(runtime)
    if (known) return known
    const chosen = this.#search(runtime)
    this.#chosen.set(runtime, chosen)
    return chosen
  }

  #search(runtime: string): ChosenNode {
    const [, major, minor] = RUNTIME.exec(runtime) ?? []
    if (major === undefined) {
      const message = `运行环境 ${runtime.slice(0, 40)} 应当像 Nodejs20.19，这里用 Node ${this.#own.version} · is no runtime such as Nodejs20.19; functions run on Node ${this.#own.version} here`
      return { ...this.#own, note: { message } }
    }
    const wanted = minor === 'x' ? `${major}.` : `${major}.${minor}.`
    this.#installed ??= this.#find()
    const nodes = [this.#own, ...this.#installed].filter(
      ({ version }) => Number(version.split('.')[0]) >= OLDEST_MAJOR,
    )
    const exact = nodes.find(({ version }) => version.startsWith(wanted))
    if (exact) return exact
    const chosen = nodes.find(({ version }) => version.startsWith(`${major}.`)) ?? this.#own
    const message = `运行环境是 ${runtime}，这台机器没有，云函数在这里用 Node ${chosen.version} · this machine has no Node for the runtime ${runtime}; functions run on ${chosen.version} here`
    return { ...chosen, note: { message } }
  }
}
