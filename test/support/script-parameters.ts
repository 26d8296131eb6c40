import { join } from 'node:path'

/**
 * What Node is started with to run a command, as npm starts it.
 * @param root of the project or of a copy, which has `node_modules`
 */
export function scriptParameters(script: string, root: string): string[] {
  return [join(root, 'emulator/bin/run.js'), join(root, 'scripts', `${script}.ts`)]
}
