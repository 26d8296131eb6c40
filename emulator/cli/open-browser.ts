import { spawn } from 'node:child_process'

/** Opens the system's browser, which outlives this program. */
export function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['cmd', '/c', 'start', '']
      : [process.platform === 'darwin' ? 'open' : 'xdg-open']
  spawn(command ?? '', [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () =>
      console.error(`没有找到浏览器，请自己打开 · no browser found, open it yourself: ${url}`),
    )
    .unref()
}
