import { importSource } from '../bin/import-source.js'

export const { defineConfig } = await importSource(() => import('./index.ts'))
