/** A Node runtime of the platform, and a Node of the npm registry to check functions on. */
export interface Runtime {
  /** As the platform calls it, in cloudbaserc.json and by `--runtime`. */
  name: string
  /** The oldest Node that the runtime may be. */
  version: string
}

/**
 * Documented on https://docs.cloudbase.net/cloud-function/runtime-support (November 2026): 16.13, 18.15, 20.19, 22.21,
 * 24.11 (recommended) and 26.x. The name of the last is not documented.
 */
export const RUNTIMES: readonly Runtime[] = [
  { name: 'Nodejs16.13', version: '16.13.1' },
  { name: 'Nodejs18.15', version: '18.15.0' },
  { name: 'Nodejs20.19', version: '20.19.0' },
  { name: 'Nodejs22.21', version: '22.21.0' },
  { name: 'Nodejs24.11', version: '24.11.0' },
  { name: 'Nodejs26.x', version: '26.0.0' },
]

export const RUNTIME_NAMES = RUNTIMES.map(({ name }) => name)

/** Runtimes after this one have no documented name yet. */
const NEWEST_NAMED = 24

/** Whether functions can be deployed on a runtime of this name: one of the list, or a newer one such as `Nodejs26.1`. */
export function isRuntime(name: string): boolean {
  return RUNTIME_NAMES.includes(name) || isUndocumentedRuntime(name)
}

/** Whether the name has the platform's form, and stands for a Node that no document names yet. */
export function isUndocumentedRuntime(name: string): boolean {
  const [, major] = /^Nodejs(\d+)\.(\d+|x)$/.exec(name) ?? []
  return Number(major) > NEWEST_NAMED
}
