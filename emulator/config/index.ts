/** What `example` and `guide` of the settings are made of. */
export type { ExampleCloud, ExampleSettings } from '../control/example.ts'
export type { GuideSettings } from '../control/guide.ts'
/** What `operations` of the settings are made of. */
export type {
  Operation,
  OperationContext,
  OperationField,
  OperationSubject,
  OperationsSettings,
  ShownValue,
} from '../control/operations.ts'
/** The type of `emulator.config.ts`. */
export type {
  BuildFindings,
  BuildStep,
  ConfigContext,
  ConfigExport,
  EmulatorConfig,
} from './emulator-config.ts'

import type { ConfigExport } from './emulator-config.ts'

/** Returns what it is given, so that an editor knows its type. */
export function defineConfig(config: ConfigExport): ConfigExport {
  return config
}
