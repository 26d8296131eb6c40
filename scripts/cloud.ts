/**
 * `npm run cloud -- --port N --data DIR`: the embedded cloud alone, for any client. Prints one line of JSON.
 * `--functions DIR` serves other functions than those of dist/. The collections that the functions of this project
 * use are made if they are not there.
 */
import { resolve } from 'node:path'
import { readArguments } from './arguments.ts'
import { ensureCollections } from './ensure-collections.ts'
import { closeAtExit, openCloud, parsePort } from './open-cloud.ts'
import { projectPath } from './project.ts'

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
closeAtExit(cloud)
ensureCollections(cloud)
if (cloud.catalog.names().length === 0) {
  console.error('没有可运行的云函数，请先 npm run build · there is no function to run: npm run build first')
}
console.log(JSON.stringify({ sdkUrl: cloud.sdkUrl, controlUrl: cloud.controlUrl }))
