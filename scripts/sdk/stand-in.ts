/** Bundled into the functions' `sdk.js`: what stands in the place of a module until it is first used. */

type Load = () => unknown

/** Made a function, so that it can be called and constructed if the module can. */
const target = () => function standIn() {}

/**
 * Behaves as the module does, and loads it when anything of it is asked for. `__esModule` and `default` are answered
 * without, since that is all TypeScript's `__importDefault` and `__importStar` ask for while the importer is loaded.
 */
export function standIn(load: Load): unknown {
  const self: unknown = new Proxy(target(), {
    get(_target, key) {
      if (key === '__esModule') return true
      const loaded = load() as Record<PropertyKey, unknown>
      return key === 'default' && !loaded['__esModule'] ? loaded : loaded[key]
    },
    has: (_target, key) => key === '__esModule' || key === 'default' || key in (load() as object),
    apply: (_target, receiver, values) => Reflect.apply(load() as Callable, receiver, values),
    construct: (_target, values, newTarget) =>
      Reflect.construct(load() as Callable, values, newTarget === self ? (load() as Callable) : newTarget),
  })
  return self
}

type Callable = (...values: unknown[]) => unknown

/** For a module whose functions are called early and whose results are used late: the call waits for the use. */
export function factory(load: Load): unknown {
  return new Proxy(target(), {
    get: (_target, key) => (key === '__esModule' ? true : factory(() => member(load(), key))),
    apply(_target, _receiver, values) {
      let made: { result: unknown } | undefined
      return standIn(() => {
        made ??= { result: (load() as Callable)(...values) }
        return made.result
      })
    },
  })
}

function member(loaded: unknown, key: PropertyKey): unknown {
  const members = loaded as Record<PropertyKey, unknown>
  return key === 'default' && !members['__esModule'] ? loaded : members[key]
}
