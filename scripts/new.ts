/** `npm run new -- function <name>`: contract, function, test and config of a guarded function, to be filled in. */
import { spawnSync } from 'node:child_process'
import { readArguments } from './arguments.ts'
import { NameTaken, writeNewFunction } from './new-function.ts'
import { giveUp, projectPath } from './project.ts'

const USAGE =
  'npm run new -- function <name>：名称以小写字母开头，如 notes · a name such as notes or travelNotes'

const { positionals } = readArguments(USAGE, { allowPositionals: true })
const [kind, name = '', ...others] = positionals
if (kind !== 'function' || others.length > 0 || !/^[a-z][A-Za-z0-9]{1,30}$/.test(name)) giveUp(USAGE)
try {
  const files = writeNewFunction(projectPath('.'), name)
  // The names are of any length, so how the lines break is the formatter's to say.
  spawnSync(
    process.execPath,
    [projectPath('node_modules/@biomejs/biome/bin/biome'), 'check', '--write', ...files],
    {
      cwd: projectPath('.'),
    },
  )
  console.log(files.join('\n'))
} catch (error) {
  if (error instanceof NameTaken) giveUp(`${error.message} 已存在 · is there already`)
  throw error
}
