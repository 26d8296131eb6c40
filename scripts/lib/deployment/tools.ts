/**
 * What `npx` fetches from the npm registry, each at an exact version, because a later one may behave differently. These are
 * the newest there. Documents and templates name the same ones: `test/documents/tools.test.ts` compares them.
 */
export const MINIPROGRAM_CI = 'miniprogram-ci@2.1.42'
export const CLOUDBASE_CLI = '@cloudbase/cli@2.12.10'
