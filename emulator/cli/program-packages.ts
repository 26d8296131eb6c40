import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { declaredPackages } from '../cloud/functions/packages/declared-packages.ts'
import { keyOf } from '../cloud/functions/packages/function-packages.ts'
import { installPackages } from '../cloud/functions/packages/install-packages.ts'
import type { NpmSource } from '../project/wechat-project.ts'

/** The sources of a mini-program's packages, followed by those that `installFor` has made. */
export function withInstalled(npm: readonly NpmSource[], packagesDirectory: string): NpmSource[] {
  const installed = npm.flatMap(({ packageJson, target }) => {
    const folder = folderOf(packageJson, packagesDirectory)
    return folder !== undefined && existsSync(folder)
      ? [{ packageJson: join(folder, 'package.json'), target }]
      : []
  })
  return [...npm, ...installed]
}

/**
 * Installs the packages of each package.json into a folder of its own, unless they are there.
 * @throws Error with npm's own words
 */
export async function installFor(
  packageJsons: readonly string[],
  packagesDirectory: string,
  log: (text: string) => void,
): Promise<void> {
  for (const packageJson of new Set(packageJsons)) {
    const declared = declaredPackages(dirname(packageJson))
    const folder = folderOf(packageJson, packagesDirectory)
    if (!declared || folder === undefined || existsSync(folder)) continue
    log(`小程序 mini-program：npm install ${Object.keys(declared.dependencies).join(' ')}`)
    await installPackages(declared, folder)
  }
}

function folderOf(packageJson: string, packagesDirectory: string): string | undefined {
  const declared = declaredPackages(dirname(packageJson))
  return declared && join(packagesDirectory, keyOf(declared))
}
