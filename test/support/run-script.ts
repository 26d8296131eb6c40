import { spawn } from 'node:child_process'
import { projectPath } from '../../scripts/lib/project.ts'
import { scriptParameters } from './script-parameters.ts'

export interface Run {
  output: string
  errors: string
  code: number | null
}

/** Runs a command of the project; `until` names the output at which it is stopped politely, `input` is typed. */
export async function runScript(
  script: string,
  args: readonly string[],
  { until, root = projectPath('.'), input }: { until?: RegExp; root?: string; input?: string } = {},
): Promise<Run> {
  const child = spawn(process.execPath, [...scriptParameters(script, root), ...args], { cwd: root })
  if (input !== undefined) child.stdin.end(input)
  const result: Run = { output: '', errors: '', code: null }
  child.stdout.on('data', (data) => {
    result.output += data
    if (until?.test(result.output)) child.kill('SIGINT')
  })
  child.stderr.on('data', (data) => {
    result.errors += data
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...result, code })))
}
