/** The cloud: WeChat Cloud Development on this machine. */
export { type Cloud, startCloud } from './cloud/cloud.ts'
export type { CloudOptions, Pages } from './cloud/cloud-options.ts'
export { CURRENT_FORMAT, DataFolderFormat } from './cloud/data-format.ts'
export { FunctionCatalog, type FunctionDefinition, type Trigger } from './cloud/functions/function-catalog.ts'
export { LIMITS } from './cloud/limits.ts'
export { type CollectionDefinition, makeCollections } from './cloud/make-collections.ts'
export { DataFolderBusy } from './cloud/store.ts'
