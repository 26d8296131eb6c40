import type { Note } from '../../control/note.ts'
import type { Inspector } from './inspect/inspector.ts'
import type { StoppedTime } from './inspect/stopped-time.ts'
import type { InstanceSettings } from './loading/instance-settings.ts'

/** How to start an instance of a function. */
export interface Launch {
  settings: InstanceSettings
  /** Changes whenever anything does that an instance depends on. */
  version: string
  memoryMegabytes: number
  environment: Record<string, string>
  /** Compiled `runtime.ts`; absolute. */
  runtime: string
  /** The Node that runs the function. */
  nodeExecutable: string
  onNote: (note: Note) => void
  stoppedTime: StoppedTime
  /** Present when instances can be debugged. */
  inspector?: Inspector
}
