/** Bundled into the functions' `sdk.js`: proxies that load a module when it is first used. */

type Load = () => unknown

/** A function, so that the proxy can be called and constructed if the module can. */
const target = () => function lazy() {}

/**
 * Behaves as the module does, and loads it when a property is read. `__esModule` and `default` do not load it: TypeScript's
 * `__importDefault` and `__importStar` read both while the importer is loaded.
 */
export function lazyModule(load: Load): unknown {
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

/** For a module whose functions are called early and whose results are used late: the call waits until its result is used. */
export function lazyFactory(load: Load): unknown {
  return new Proxy(target(), {
    get: (_target, key) => (key === '__esModule' ? true : lazyFactory(() => member(load(), key))),
    apply(_target, _receiver, values) {
      let made: { result: unknown } | undefined
      return lazyModule(() => {
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
