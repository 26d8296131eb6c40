/**
 * `npm run cloud -- --port N --data DIR`: the embedded cloud alone, for any client. Prints one line of JSON.
 * `--functions DIR` serves other functions than those of dist/. Creates the collections of this project's functions
 * if they do not exist.
 */
import { resolve } from 'node:path'
import { closeAtExit } from 'wechat-cloud-emulator/cli'
import { readArguments } from './lib/arguments.ts'
import { ensureCollections } from './lib/cloud/ensure-collections.ts'
import { openCloud, parsePort } from './lib/cloud/open-cloud.ts'
import { projectPath } from './lib/project.ts'

const { values } = readArguments('npm run cloud [-- --port N --data DIR --functions DIR]', {
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    functions: { type: 'string' },
  },
})

const cloud = await openCloud({
  dataDirectory: values.data === undefined ? projectPath('.cloud') : resolve(values.data),
  port: parsePort(values.port),
  ...(values.functions === undefined ? {} : { functionsDirectory: resolve(values.functions) }),
})
closeAtExit(() => cloud.close())
ensureCollections(cloud)
if (cloud.catalog.names().length === 0) {
  console.error('没有可运行的云函数，请先 npm run build · there is no function to run: npm run build first')
}
console.log(JSON.stringify({ sdkUrl: cloud.sdkUrl, controlUrl: cloud.controlUrl }))
