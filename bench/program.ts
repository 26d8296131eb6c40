import { type SpawnSyncOptions, spawnSync } from 'node:child_process'

/**
 * Runs a program and returns the milliseconds from its start to its end.
 * @throws Error if it fails
 */
export function programTime(
  command: string,
  parameters: readonly string[],
  options: SpawnSyncOptions = {},
): number {
  const startedAt = performance.now()
  const { status } = spawnSync(command, parameters, { ...options, stdio: 'ignore' })
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')}: exit ${status}`)
  return performance.now() - startedAt
}
