/**
 * `npm run doctor`: says what is missing before this clone may go into production, and what only the cloud can show.
 * Exits with 1 if something would break there. `-- --json` for programs; `-- --secrets-in-console` when the secrets
 * are set in the cloud console alone; `-- --cloud` asks a signed-in CloudBase CLI about the environment.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments } from './lib/arguments.ts'
import { BuildError, buildFunctions } from './lib/build/build-functions.ts'
import { checkBuild } from './lib/doctor/build.ts'
import { CLOUD_LIST } from './lib/doctor/cloud-list.ts'
import { checkEnvironment } from './lib/doctor/environment.ts'
import { error, type Finding, warning } from './lib/doctor/finding.ts'
import { checkFunctions } from './lib/doctor/functions.ts'
import { checkGuards } from './lib/doctor/guards.ts'
import { checkNode, checkTypes } from './lib/doctor/machine.ts'
import { checkMiniProgram } from './lib/doctor/mini-program.ts'
import { checkRotation } from './lib/doctor/rotation.ts'
import { checkSecrets } from './lib/doctor/secrets.ts'
import { checkSettings } from './lib/doctor/settings.ts'
import { checkSettingsOfFunctions } from './lib/doctor/variables.ts'
import { projectPath } from './lib/project.ts'

const { values } = readArguments('npm run doctor [-- --json --secrets-in-console --cloud]', {
  options: {
    json: { type: 'boolean', default: false },
    'secrets-in-console': { type: 'boolean', default: false },
    cloud: { type: 'boolean', default: false },
  },
})

const findings = [
  checkNode(),
  ...checkSettings(),
  ...checkSettingsOfFunctions(projectPath('.env')),
  ...checkRotation(),
  ...(await checkFreshBuild()),
  ...(await checkMiniProgram()),
  await checkTypes(),
  ...(values.cloud ? await checkEnvironment() : []),
]
const errors = findings.filter(({ level }) => level === 'error')
if (values.json) console.log(JSON.stringify({ findings, cloud: CLOUD_LIST }, null, 2))
else print()
process.exitCode = errors.length > 0 ? 1 : 0

/** Builds into a temporary folder, so that dist/ stays as it is. */
async function checkFreshBuild(): Promise<Finding[]> {
  const directory = mkdtempSync(join(tmpdir(), 'doctor-build-'))
  // As in dist/, since the code names the place of its source map.
  const [target, sourceMaps] = [join(directory, 'cloudfunctions'), join(directory, 'source-maps')]
  try {
    const source = projectPath('cloudfunctions')
    const warnings: Finding[] = []
    const onWarning = (line: string) =>
      warnings.push(warning('构建 · build', line, '看看源码 · look at the source'))
    const environmentFile = projectPath('.env')
    await buildFunctions({ source, target, sourceMaps, environmentFile, onWarning })
    const secrets = await checkSecrets(target, values['secrets-in-console'])
    return [...warnings, ...secrets, checkBuild(target), ...checkFunctions(target), ...(await checkGuards())]
  } catch (failure) {
    if (!(failure instanceof BuildError)) throw failure
    return [error('构建 · build', failure.message, '修正源码 · mend the source')]
  } finally {
    rmSync(directory, { recursive: true, force: true })
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
      ? '\n可以部署 · ready to deploy: docs/zh-CN/deploy.md'
      : `\n${errors.length} 项会让线上出错 · would break production`,
  )
}
