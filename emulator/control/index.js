import { importSource } from '../bin/import-source.js'

export const { ControlClient, describeThrown } = await importSource(() => import('./index.ts'))
