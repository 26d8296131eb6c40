import { defineConfig } from 'wechat-cloud-emulator/config'
import { databaseName } from './cloudfunctions/shared/database/collection-names.ts'
import { adminOperations } from './scripts/lib/admin/operations/admin-operations.ts'
import { NOTHING_PACKAGED } from './scripts/lib/build/build-functions.ts'
import { findInFunctions } from './scripts/lib/build/function-findings.ts'
import { collectionsToMake } from './scripts/lib/cloud/collections.ts'
import { FIGURES } from './scripts/lib/cloud/figures.ts'
import { exampleData } from './scripts/lib/demo/example.ts'
import { localSecrets } from './scripts/lib/keys/local-secrets.ts'

/** What `npm start` needs besides project.config.json: a cloud that is set up as docs/en/deploy.md sets up the real one. */
export default defineConfig(({ dataDirectory }) => ({
  // The same for every clone, so that its local users stay when setup has written an appid.
  appid: 'wx0000000000local',
  variables: { ...NOTHING_PACKAGED, ...localSecrets(dataDirectory) },
  collections: collectionsToMake(),
  strictCollections: true,
  userTable: databaseName('users'),
  figures: FIGURES,
  operations: adminOperations(dataDirectory),
  guide: { tap: '登录' },
  example: exampleData(dataDirectory),
  build: { watch: ['cloudfunctions'], run: findInFunctions },
}))
