import { type Cloud, type CloudOptions, type Pages, startCloud } from '../emulator/cloud/cloud.ts'
import { CURRENT_FORMAT, DataFolderFormat } from '../emulator/cloud/data-format.ts'
import { DataFolderBusy } from '../emulator/cloud/store.ts'
import { NOTHING_PACKAGED } from './build-functions.ts'
import { localSecrets } from './local-secrets.ts'
import { giveUp, projectPath } from './project.ts'

export interface OpenCloudOptions {
  dataDirectory: string
  port: number
  functionsDirectory?: string
  pages?: Pages
}

/** Starts the embedded cloud for a command line: what keeps it from starting ends the program with one line. */
export async function openCloud(options: OpenCloudOptions): Promise<Cloud> {
  try {
    const cloudOptions: CloudOptions = {
      dataDirectory: options.dataDirectory,
      port: options.port,
      functionsDirectory: options.functionsDirectory ?? projectPath('dist/cloudfunctions'),
      variables: { ...NOTHING_PACKAGED, ...localSecrets(options.dataDirectory) },
      ...(options.pages ? { pages: options.pages } : {}),
    }
    return await startCloud(cloudOptions)
  } catch (error) {
    giveUp(explain(error, options))
  }
}

/** @returns a port number, or ends the program */
export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    giveUp(`--port ${text}: not a port (0 to 65535; 0 takes any free one)`)
  return port
}

/** Closes the cloud at Ctrl-C or a polite kill, after whatever else is to end, then ends the program. */
export function closeAtExit(cloud: Cloud, before: () => void = () => {}): void {
  const close = () => {
    before()
    cloud.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGINT', close)
  process.once('SIGTERM', close)
}

function explain(error: unknown, { port, dataDirectory }: OpenCloudOptions): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE') {
    return `端口 ${port} 已被占用，请加 --port 换一个端口（0 为任意空闲端口） · port ${port} is taken: choose another with --port (0: any free one)`
  }
  if (error instanceof DataFolderBusy) {
    return `数据目录 ${dataDirectory} 正被进程 ${error.processId} 使用 · the data folder is in use by process ${error.processId}: stop it, or choose another with --data`
  }
  if (error instanceof DataFolderFormat) {
    return `数据目录 ${dataDirectory} 来自更新的版本，这一版读不了 · the data folder is of another version (format ${error.format}, this one reads ${CURRENT_FORMAT} and older): use that version, or choose another with --data`
  }
  return `无法在 ${dataDirectory} 保存数据（${code ?? (error as Error).message}） · the cloud's data cannot be kept there: choose another folder with --data`
}
