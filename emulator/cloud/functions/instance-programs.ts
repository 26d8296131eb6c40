import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The programs that run inside instances, compiled. */
export interface InstancePrograms {
  /** Loads the function and answers its calls. */
  runtime: string
  /** Keeps a process on this machine, see `network/network-guard.ts`. */
  networkGuard: string
  /** Tells VS Code where to attach, see `inspect/inspector-url.ts`. */
  inspectorUrl: string
  /** Stands for the package of that name. */
  tcbAdminNode: string
}

let compiled: Promise<ReadonlyMap<string, Uint8Array>> | undefined

/** Writes the programs into `directory`, each as one CommonJS file. They are compiled once for all clouds of this process. */
export async function compileInstancePrograms(directory: string): Promise<InstancePrograms> {
  compiled ??= compile()
  for (const [name, content] of await compiled) writeFileSync(join(directory, name), content)
  return {
    runtime: join(directory, 'instance-runtime.cjs'),
    networkGuard: join(directory, 'network-guard.cjs'),
    inspectorUrl: join(directory, 'inspector-url.cjs'),
    tcbAdminNode: join(directory, 'tcb-admin-node.cjs'),
  }
}

/** @returns the contents by the names of the files */
async function compile(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: {
      'instance-runtime': fileURLToPath(new URL('./runtime.ts', import.meta.url)),
      'network-guard': fileURLToPath(new URL('./network/network-guard.ts', import.meta.url)),
      'inspector-url': fileURLToPath(new URL('./inspect/inspector-url.ts', import.meta.url)),
      'tcb-admin-node': fileURLToPath(new URL('./loading/tcb-admin-node.ts', import.meta.url)),
    },
    outdir: 'programs',
    write: false,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // Instances may be run by the oldest Node that the platform offers.
    target: 'node16',
    logLevel: 'error',
  })
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
}
