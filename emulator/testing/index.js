// What a project imports. Node and vitest compile no TypeScript below node_modules, where this package is once it is
// installed.
if (new URL(import.meta.url).pathname.includes('/node_modules/')) {
  const { register } = await import('tsx/esm/api')
  register()
}

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
} = await import('./index.ts')
