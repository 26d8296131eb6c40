import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('emulator/')
const COMMAND = 'emulator/cli/test/command.test.ts'

/** What the command does to a project and to the machine only when it is asked to. */
export const PROJECT_GUARDS: readonly Mutation[] = rows(
  [
    'without --network no host is allowed',
    'cli/options.ts',
    "...(isOnline ? { allowedHosts: [...(config.allowedHosts ?? []), '*'] } : {}),",
    "allowedHosts: [...(config.allowedHosts ?? []), '*'],",
    COMMAND,
    'the packed command runs a folder that has nothing of ours',
  ],
  [
    'nothing is installed without --install or a yes',
    'cli/provide-packages.ts',
    'if (!(await isAgreed(isAsking, output))) return false',
    'await isAgreed(isAsking, output)',
    COMMAND,
    'installs what the mini-program lacks beside the data with --install',
  ],
  [
    'the data folder is no source of the project',
    'server/watch.ts',
    "if (this.#isIgnored(join(path, name ?? ''))) return",
    '',
    'emulator/server/watch.test.ts',
    'does not tell of an ignored folder in it',
  ],
)
