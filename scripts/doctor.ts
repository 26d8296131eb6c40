/**
 * `npm run doctor`: says what is missing before this clone may go into production, and what only the cloud can show.
 * Ends with 1 when something would break there. `-- --json` for programs; `-- --secrets-in-console` when the secrets
 * are set in the cloud console alone.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments } from './arguments.ts'
import { BuildError, buildFunctions } from './build-functions.ts'
import { checkBuild } from './doctor/build.ts'
import { CLOUD_LIST } from './doctor/cloud-list.ts'
import { error, type Finding, warning } from './doctor/finding.ts'
import { checkFunctions } from './doctor/functions.ts'
import { checkNode, checkTypes } from './doctor/machine.ts'
import { checkMiniProgram } from './doctor/mini-program.ts'
import { checkRotation } from './doctor/rotation.ts'
import { checkSecrets } from './doctor/secrets.ts'
import { checkSettings } from './doctor/settings.ts'
import { projectPath } from './project.ts'

const { values } = readArguments('npm run doctor [-- --json --secrets-in-console]', {
  options: {
    json: { type: 'boolean', default: false },
    'secrets-in-console': { type: 'boolean', default: false },
  },
})

const findings = [
  checkNode(),
  ...checkSettings(),
  ...checkRotation(),
  ...(await checkFreshBuild()),
  ...checkMiniProgram(),
  await checkTypes(),
]
const errors = findings.filter(({ level }) => level === 'error')
if (values.json) console.log(JSON.stringify({ findings, cloud: CLOUD_LIST }, null, 2))
else print()
process.exitCode = errors.length > 0 ? 1 : 0

/** Builds into a folder of its own, so that dist/ stays as it is. */
async function checkFreshBuild(): Promise<Finding[]> {
  const target = mkdtempSync(join(tmpdir(), 'doctor-build-'))
  try {
    const source = projectPath('cloudfunctions')
    const doubts: Finding[] = []
    const onWarning = (line: string) =>
      doubts.push(warning('构建 · build', line, '看看源码 · look at the source'))
    await buildFunctions({ source, target, environmentFile: projectPath('.env'), onWarning })
    const secrets = await checkSecrets(target, values['secrets-in-console'])
    return [...doubts, ...secrets, checkBuild(target), ...checkFunctions(target)]
  } catch (failure) {
    if (!(failure instanceof BuildError)) throw failure
    return [error('构建 · build', failure.message, '修正源码 · mend the source')]
  } finally {
    rmSync(target, { recursive: true, force: true })
  }
}

function print(): void {
  const marks = { ok: '✓', warning: '!', error: '✗' }
  for (const { level, about, found, todo } of findings) {
    console.log(`${marks[level]} ${about}：${found}`)
    if (todo !== undefined) console.log(`    → ${todo}`)
  }
  console.log('\n只能在云端确认 · only the cloud can show')
  for (const { what, link } of CLOUD_LIST) console.log(`□ ${what}\n    ${link}`)
  console.log(
    errors.length === 0
      ? '\n可以部署 · ready to deploy: docs/deploy.md'
      : `\n${errors.length} 项会让线上出错 · would break production`,
  )
}
