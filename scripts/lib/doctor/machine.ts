import { execFile } from 'node:child_process'
import { projectPath } from '../project.ts'
import { error, type Finding, ok } from './finding.ts'

const LEAST_MAJOR = 20
const LEAST_MINOR = 19

export function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const about = 'Node'
  if (major > LEAST_MAJOR || (major === LEAST_MAJOR && minor >= LEAST_MINOR)) {
    return ok(about, process.versions.node)
  }
  return error(
    about,
    process.versions.node,
    `请安装 ${LEAST_MAJOR}.${LEAST_MINOR} 或更高版本 · install it or newer: https://nodejs.org`,
  )
}

const CONFIGURATIONS = ['tsconfig.json', 'tsconfig.miniprogram.json']

/**
 * Checks the types: a function or reason that one side of `contract/` lacks, or a reason without a text, is a type
 * error.
 */
export async function checkTypes(): Promise<Finding> {
  const about = '约定与文案 · contract and texts'
  const mistakes = (await Promise.all(CONFIGURATIONS.map(mistakesOf))).flat()
  const [first] = mistakes
  if (first === undefined) return ok(about, '类型完整 · types are complete')
  return error(
    about,
    `${mistakes.length} 处类型错误 · mistakes of types, the first: ${first}`,
    'npm run types',
  )
}

function mistakesOf(configuration: string): Promise<string[]> {
  const compiler = projectPath('node_modules/typescript/bin/tsc')
  // Files that have not changed since the last check are not checked again. That saves most of the time.
  const state = projectPath(`dist/types/${configuration}.tsbuildinfo`)
  const remembering = ['--incremental', '--tsBuildInfoFile', state]
  const args = [compiler, '-p', projectPath(configuration), '--pretty', 'false', ...remembering]
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: projectPath('.') }, (failure, output) => {
      // An error is one line, and indented lines that explain it.
      const lines = output
        .split(/\n(?=\S)/)
        .filter((text) => text.includes('error TS'))
        .map((text) => text.replaceAll(/\s+/g, ' ').trim())
      resolve(failure && lines.length === 0 ? [failure.message] : lines)
    })
  })
}
