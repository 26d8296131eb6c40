/**
 * Example data of a project: what is there after people have used it for some time. Declared in emulator.config; the
 * console loads it with one click, and removes it.
 */
export interface ExampleSettings {
  /** What it holds, in a few words beside the button: `十二位用户、三周的数据`. */
  description?: string
  /**
   * Uses the project through its own functions, in an empty cloud made for this alone, with the same functions, variables,
   * collections and permissions, and a clock of its own. Everything that this cloud holds afterwards is the example. If it
   * throws, nothing is loaded, and the console shows the message. README.md has an example.
   */
  use: (cloud: ExampleCloud) => void | Promise<void>
}

export interface ExampleCloud {
  /** For `ControlClient` of `wechat-cloud-emulator/control`. */
  controlUrl: string
  /**
   * Shows in the console how far `use` is, such as 3 of 21 days. Without a call, the console shows that the example is
   * being loaded.
   */
  progress: (done: number, all: number) => void
}

/** How much of the example is made: 3 of 21 days. */
export interface ExampleProgress {
  done: number
  all: number
}

export interface ExampleState {
  /** Whether the project has an example. */
  isDeclared: boolean
  description?: string
  state: 'absent' | 'loading' | 'loaded'
  /** While it is being loaded, after the first call of `progress`. */
  progress?: ExampleProgress
  /** How many documents have been loaded. */
  documents: number
}

/** What happens to documents that somebody has changed since they were loaded. */
export type ChangedDocuments = 'keep' | 'remove'

export interface ExampleRemoval {
  /** False: nothing was removed, since nobody has said what happens to the changed documents. */
  isDone: boolean
  /** How many documents were removed. */
  removed: number
  /** How many documents somebody has changed since they were loaded. */
  changed: number
}
