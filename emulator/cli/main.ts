/** The program `wechat-cloud-emulator`. */
import { runCommand } from './command.ts'

await runCommand()
