import { createInterface } from 'node:readline/promises'
import { packagesIn } from './options.ts'
import type { Output } from './output/output.ts'
import { installFor } from './program-packages.ts'
import type { RunningProject } from './running-project.ts'

interface Options {
  dataDirectory: string
  isInstalling: boolean
  /** Whether the developer can be asked, where there is one. */
  isAsking: boolean
  output: Output
}

/**
 * Installs the packages that the mini-program and functions lack into the cache, if the arguments say so or the
 * developer agrees. Where nobody can be asked, says how.
 * @returns whether some of the mini-program's are installed, so that it can be built with them
 */
export async function providePackages(
  project: RunningProject,
  { dataDirectory, isInstalling, isAsking, output }: Options,
): Promise<boolean> {
  const { cloud } = project
  const missingPackages = await project.missingPackages()
  const missing = [
    ...(missingPackages.size === 0
      ? []
      : [{ user: '小程序 mini-program', names: [...missingPackages.keys()] }]),
    ...cloud.packages
      .missing()
      .map(({ functionName, packages }) => ({ user: functionName, names: packages })),
  ]
  if (missing.length === 0) return false
  if (!isInstalling) {
    const list = missing.map(({ user, names }) => `${user} (${names.join(', ')})`)
    output.warn(`缺少 npm 包 packages are missing: ${list.join('; ')}`)
    if (!(await isAgreed(isAsking, output))) return false
  }
  const log = (text: string) => output.say(text)
  try {
    await installFor([...missingPackages.values()], packagesIn(dataDirectory), log)
    await cloud.packages.installAll(log)
  } catch (error) {
    output.warn((error as Error).message)
  }
  return missingPackages.size > 0
}

function isAgreed(isAsking: boolean, output: Output): Promise<boolean> {
  if (isAsking && process.stdin.isTTY && process.stdout.isTTY)
    return ask('装进项目以外的缓存吗？ · install them into a cache outside the project? [y/N] ')
  output.warn('加 --install 装进项目以外的缓存 · --install installs them into a cache outside the project')
  return Promise.resolve(false)
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  // The terminal would otherwise keep Ctrl-C to itself.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim())
  } finally {
    terminal.close()
  }
}
