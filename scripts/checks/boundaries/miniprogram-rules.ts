import type { Rule } from './rule.ts'

const CONTRACT = /^contract\//
const AUTH = 'miniprogram/auth'
const ACCOUNT = 'miniprogram/account'
/** Of the login, all that an app may import. */
const FACE = /^miniprogram\/auth\/index\.ts$/

/** Folders below one, and files directly in it. */
function within(folder: string, ...names: string[]): RegExp {
  return new RegExp(`^${folder}/(${names.map((name) => name.replace('.', '\\.')).join('|')})`)
}

/**
 * The login (`auth`, in the main package, and `account`, a subpackage that the main package may not import) knows
 * nothing of the app. The app knows `auth/index.ts` alone. Pages and components take no types of the contract.
 */
export const MINIPROGRAM_RULES: readonly Rule[] = [
  rule(within(AUTH, 'core/'), [within(AUTH, 'core/')]),
  rule(within(AUTH, 'storage/'), [within(AUTH, 'storage/', 'core/')]),
  rule(within(AUTH, 'ui/'), [within(AUTH, 'ui/', 'core/', 'config.ts')]),
  rule(within(AUTH, 'calls/'), [within(AUTH, 'calls/', 'storage/', 'ui/', 'core/', 'config.ts')]),
  rule(within(AUTH, 'session/'), [
    within(AUTH, 'session/', 'calls/', 'storage/', 'ui/', 'core/', 'config.ts'),
  ]),
  rule(within(AUTH, 'components/'), [within(AUTH, 'session/', 'ui/')], []),
  rule(within(AUTH, 'config.ts'), [within(AUTH, 'core/')]),
  rule(within(AUTH, 'index.ts'), [
    within(AUTH, 'session/', 'calls/', 'storage/', 'ui/', 'core/', 'config.ts'),
  ]),
  rule(
    within(ACCOUNT, 'pages/', 'components/'),
    [
      within(ACCOUNT, 'services/', 'legal/', 'utils/'),
      within(AUTH, 'session/', 'calls/', 'storage/', 'ui/', 'core/', 'config.ts'),
    ],
    [],
  ),
  rule(within(ACCOUNT, 'services/'), [
    within(ACCOUNT, 'services/', 'utils/'),
    within(AUTH, 'session/', 'calls/', 'storage/', 'ui/', 'core/', 'config.ts'),
  ]),
  rule(within(ACCOUNT, 'legal/', 'utils/'), [
    within(ACCOUNT, 'legal/', 'utils/'),
    within(AUTH, 'calls/', 'storage/', 'ui/', 'core/', 'config.ts'),
  ]),
  // The app.
  rule(/^miniprogram\/pages\//, [/^miniprogram\/(services\/|texts\.ts$)/, FACE], []),
  rule(/^miniprogram\/components\//, [/^miniprogram\/texts\.ts$/], []),
  rule(/^miniprogram\/services\//, [/^miniprogram\/(services\/|texts\.ts$)/, FACE]),
  // The tests read it without the rest of the login.
  rule(/^miniprogram\/app-config\.ts$/, [within(AUTH, 'config.ts')], []),
  rule(
    /^miniprogram\/texts\.ts$/,
    [/^miniprogram\/(app-config|english-texts)\.ts$/, within(AUTH, 'core/language.ts')],
    [],
  ),
  rule(/^miniprogram\/[^/]+\.ts$/, [/^miniprogram\/app-config\.ts$/, FACE], []),
]

function rule(
  files: RegExp,
  mayImport: readonly RegExp[],
  mayImportTypes: readonly RegExp[] = [CONTRACT],
): Rule {
  return { files, mayImport, mayImportTypes, packages: [] }
}
