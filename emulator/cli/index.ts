/** The command `wechat-cloud-emulator`, for a project that starts it with defaults of its own, and parts of it. */
export { closeAtExit } from './close-at-exit.ts'
export { runCommand } from './command.ts'
export { readPort } from './command-line.ts'
export { explainFailedStart } from './explain-failed-start.ts'
