/**
 * `wx.cloud.database()`: the phone has no way to the database yet. Everything can be written down, so that a page
 * which does so at its top runs; what would ask the cloud fails and is told.
 */
export function clientDatabase(): object {
  return recorder('database')
}

/** What asks the cloud; everything else only says what will be asked. */
const ASKS = new Set([
  'get',
  'add',
  'update',
  'set',
  'remove',
  'count',
  'end',
  'createCollection',
  'runTransaction',
])

function recorder(path: string): object {
  return new Proxy(() => undefined, {
    get(_, name) {
      // Neither a promise nor JSON, which would be asked for by these names.
      if (typeof name === 'symbol' || name === 'then' || name === 'toJSON') return undefined
      // `db.command.set(…)` and `_.remove()` ask nobody.
      if (ASKS.has(name) && !path.includes('command')) return failing(`${path}.${name}`)
      if (name === 'watch') return watching(`${path}.watch`)
      return recorder(`${path}.${name}`)
    },
    apply: () => recorder(path),
  })
}

function refusalOf(path: string): { errCode: number; errMsg: string } {
  const error = new Error(`wx.cloud.${path} is not implemented by this phone`)
  console.error(error)
  return { errCode: -1, errMsg: `${path.split('.').slice(-2).join('.')}:fail ${error.message}` }
}

function failing(path: string): (options?: unknown) => unknown {
  return (options) => {
    const refusal = refusalOf(path)
    const { success, fail, complete } = (options ?? {}) as Record<string, unknown>
    const callbacks = [success, fail, complete].filter((callback) => typeof callback === 'function')
    for (const callback of [fail, complete]) if (typeof callback === 'function') callback(refusal)
    if (callbacks.length > 0) return undefined
    const refused = Promise.reject(refusal)
    // It is told; a page that waits for no answer need not be told off for that as well.
    refused.catch(() => undefined)
    return refused
  }
}

function watching(path: string): (options?: { onError?: unknown }) => object {
  return (options) => {
    const refusal = refusalOf(path)
    const onError = options?.onError
    if (typeof onError === 'function') setTimeout(() => onError(refusal))
    return { close: () => Promise.resolve() }
  }
}
