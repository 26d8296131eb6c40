/**
 * `npm start`: builds everything, starts the embedded cloud and serves phones and console beside it.
 * `-- --port N` (5270), `-- --data DIR` (.cloud/), `-- --reset` to forget what was kept, `-- --open` for a browser.
 */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { readArguments } from './arguments.ts'
import { ControlClient } from './control-client.ts'
import { ensureCollections } from './ensure-collections.ts'
import { closeAtExit, openCloud, parsePort } from './open-cloud.ts'
import { projectPath } from './project.ts'
import { Workshop } from './workshop.ts'

const { values } = readArguments('npm start [-- --port N --data DIR --reset --open]', {
  options: {
    port: { type: 'string', default: '5270' },
    data: { type: 'string' },
    reset: { type: 'boolean', default: false },
    open: { type: 'boolean', default: false },
  },
})

const port = parsePort(values.port)
const workshop = await Workshop.build()
const cloud = await openCloud({
  dataDirectory: values.data === undefined ? projectPath('.cloud') : resolve(values.data),
  port,
  pages: workshop.pages,
})
const stopWatching = workshop.watch(() => cloud.changes.tell('code'))
closeAtExit(cloud, stopWatching)
if (values.reset) await new ControlClient(cloud.controlUrl).post('reset')
ensureCollections(cloud)
const address = new URL('/', cloud.sdkUrl).href
console.log(`手机和控制台 phone and console: ${address}  （Ctrl-C 结束 to stop）`)
if (values.open) openBrowser(address)

function openBrowser(url: string): void {
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
