import { importSource } from '../bin/import-source.js'

export const { quoteThrownErrors } = await importSource(() => import('./quote-thrown.ts'))
