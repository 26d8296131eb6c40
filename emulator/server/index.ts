/** What serves the console's and the phones' pages from the cloud's address, and rebuilds them when a file changes. */
export { DevServer, type DevServerOptions } from './dev-server.ts'
export { createPages } from './pages.ts'
export type { Sources } from './sources.ts'
export { watchDirectory } from './watch.ts'
