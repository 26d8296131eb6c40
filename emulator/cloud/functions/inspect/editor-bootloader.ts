/** Carries the settings of VS Code's debugger to every Node process below the one that it has started. */
const OPTIONS = 'VSCODE_INSPECTOR_OPTIONS'

/**
 * Variables by which VS Code attaches itself to a process, if it has started this program: its debugger of JavaScript
 * adds a module to NODE_OPTIONS that waits for the editor. Instances have an environment of their own otherwise.
 */
export function editorBootloader(
  machine: NodeJS.ProcessEnv,
): { option: string; variables: Record<string, string> } | undefined {
  const settings = machine[OPTIONS]
  const [option] =
    /--require[= ]("[^"]*bootloader[^"]*"|\S*bootloader\S*)/.exec(machine['NODE_OPTIONS'] ?? '') ?? []
  if (settings === undefined || option === undefined) return undefined
  return { option, variables: { [OPTIONS]: settings } }
}
