import { importSource } from '../bin/import-source.js'

export const {
  ClientFiles,
  CloudError,
  KitError,
  LOST_CALL,
  NO_ANSWER,
  OfflineDatabase,
  outsideClient,
  parseEjson,
  ProjectCloud,
  sdkDatabase,
  startProject,
  startTestCloud,
  TestCloud,
  TestDebugger,
  UPLOAD,
} = await importSource(() => import('./index.ts'))
