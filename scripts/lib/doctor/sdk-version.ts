import { createRequire } from 'node:module'

/** The version of wx-server-sdk that the functions are built with. */
export function sdkVersion(): string {
  const { version } = createRequire(import.meta.url)('wx-server-sdk/package.json') as { version: string }
  return version
}

/** The first that works in PG mode: https://docs.cloudbase.net/error-code/SDK_UPGRADE_REQUIRED */
const [PG_MAJOR, PG_MINOR, PG_PATCH] = [5, 0, 1]

export function isSdkForPg(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number)
  if (major !== PG_MAJOR) return major > PG_MAJOR
  return minor > PG_MINOR || patch >= PG_PATCH
}
