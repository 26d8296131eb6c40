/**
 * Stands for `tcb-admin-node`, which calls the real cloud wherever it runs: the same interface on its successor. The
 * old package is an application by itself, the new one makes applications.
 */
import Module from 'node:module'

type Sdk = { init(config?: object): object } & Record<string | symbol, unknown>

const sdk = Module.createRequire(__filename)('@cloudbase/node-sdk') as Sdk
let application: object | undefined

function init(config: object = {}): unknown {
  application = sdk.init(config)
  return face
}

const face: unknown = new Proxy(sdk, {
  get(_target, name) {
    if (name === 'init') return init
    if (Reflect.has(sdk, name)) return Reflect.get(sdk, name)
    application ??= sdk.init()
    const value: unknown = Reflect.get(application, name)
    return typeof value === 'function' ? value.bind(application) : value
  },
})

module.exports = face
