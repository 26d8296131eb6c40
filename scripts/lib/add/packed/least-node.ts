/** @returns why the command does not run on a version of Node, such as `18.20.4`; undefined if it does */
export function leastNodeLine(version: string): string | undefined {
  const [major = 0] = version.split('.').map(Number)
  if (major >= 20) return undefined
  return `需要 Node 20 或更新的版本 · needs Node 20 or newer, this is ${version}`
}
