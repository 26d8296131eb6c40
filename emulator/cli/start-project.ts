import { setTimeout as sleep } from 'node:timers/promises'
import { closeAtExit } from './close-at-exit.ts'
import type { CommandLine } from './command-line.ts'
import { openBrowser } from './open-browser.ts'
import { createOutput } from './output/create-output.ts'
import { ProjectSession } from './project-session.ts'

/** The first call of a function need not wait for the mini-program's compilers. A phone that is opened does not wait for this. */
const FIRST_CALL_MILLISECONDS = 1000

/**
 * Builds a project, starts its cloud and serves phones and console beside it until Ctrl-C. Changed settings take
 * effect in place.
 * @throws CommandError
 */
export async function startProject(line: CommandLine): Promise<void> {
  const output = createOutput(line)
  const session = await ProjectSession.start(line, output)
  closeAtExit(() => session.end())
  if (line.isInstalling) await session.report()
  else session.printFindings()
  const address = session.address.href
  output.started(address, line.dataDirectory === undefined ? session.dataDirectory : undefined)
  if (session.inspectorHost !== undefined) output.say(inspectorText(session.inspectorHost))
  if (line.isOpened) openBrowser(address)
  if (line.isInstalling) return
  await sleep(FIRST_CALL_MILLISECONDS)
  await session.report()
}

function inspectorText(host: string): string {
  return `断点 debugger: ${host}  （VS Code 用 attach，Chrome 用 chrome://inspect；停住时不计时限；每个云函数只有一个实例 · time limits stand still while stopped; one instance a function）`
}
