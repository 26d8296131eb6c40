import type { WxApis } from './api.ts'

/** Idle time and measurements. */
export function timingApis(): WxApis {
  return {
    requestIdleCallback: (callback: (deadline: object) => void, options?: { timeout?: number }) =>
      requestIdleCallback((deadline) => callback(deadline), options),
    cancelIdleCallback: (id: unknown) => cancelIdleCallback(Number(id)),
    getPerformance: () => {
      const observers = new Set<object>()
      return {
        now: () => performance.now(),
        // The phone measures nothing that WeChat's tools measure.
        getEntries: () => [],
        getEntriesByName: () => [],
        getEntriesByType: () => [],
        setBufferSize: () => undefined,
        createObserver: () => {
          const observer = {
            observe: () => observers.add(observer),
            disconnect: () => observers.delete(observer),
            supportedEntryTypes: ['navigation', 'render', 'script', 'loadPackage', 'resource'],
          }
          return observer
        },
      }
    },
  }
}
