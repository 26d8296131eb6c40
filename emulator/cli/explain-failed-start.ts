import { CURRENT_FORMAT, DataFolderFormat } from '../cloud/data-format.ts'
import { FollowError } from '../cloud/follow/read-differences.ts'
import { InspectorUnavailable } from '../cloud/functions/inspect/inspector.ts'
import { DataFolderBusy } from '../cloud/store.ts'

/** Why `startCloud` has failed, and what to do, in one line. */
export function explainFailedStart(
  error: unknown,
  { port, dataDirectory }: { port: number; dataDirectory: string },
): string {
  if (error instanceof InspectorUnavailable) {
    return `调试端口 ${error.port} 已被占用，请用 --inspect=PORT 换一个（0 为任意空闲端口） · the debuggers' port ${error.port} is taken: choose another with --inspect=PORT (0: any free one)`
  }
  if (error instanceof FollowError) return error.message
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
