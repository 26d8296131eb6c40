/**
 * `npm start`: the emulator's command on this project, whose settings are in emulator.config.ts. `-- --port N` (5270),
 * `-- --data DIR` (.cloud/), `-- --reset` deletes the data, `-- --open` opens a browser; `-- --help` lists the others.
 */
import { runCommand } from 'wechat-cloud-emulator/cli'
import { projectPath } from './lib/project.ts'

await runCommand({ name: 'npm start --', project: projectPath('.'), dataDirectory: projectPath('.cloud') })
