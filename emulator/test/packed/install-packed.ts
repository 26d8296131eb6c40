import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url))
/** The packages that are installed here. */
export const INSTALLED = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/**
 * Packs the package as developers get it and unpacks it below a folder, with the packages that it needs linked to those
 * installed here.
 * @param others packages that the folder has besides, linked too
 * @returns the package's folder
 */
export function installPacked(folder: string, others: readonly string[] = []): string {
  const npm = process.env['npm_execpath'] ?? 'npm'
  const [program, first] = npm.endsWith('js') ? [process.execPath, [npm]] : [npm, []]
  const packed = execFileSync(program, [...first, 'pack', '--silent', '--pack-destination', folder], {
    cwd: PACKAGE,
    shell: program === 'npm' && process.platform === 'win32',
    encoding: 'utf8',
    // What the script before it says is in the error, if there is one.
    stdio: 'pipe',
  })
  const target = join(folder, 'node_modules/wechat-cloud-emulator')
  mkdirSync(target, { recursive: true })
  execFileSync('tar', ['-xzf', packed.trim(), '-C', target, '--strip-components=1'], { cwd: folder })
  symlinkSync(INSTALLED, join(target, 'node_modules'), 'junction')
  for (const name of others) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(INSTALLED, name), link, 'junction')
  }
  return target
}
