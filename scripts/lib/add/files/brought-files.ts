import { accountTabFiles } from '../../account-tab/account-tab.ts'
import { withGuardHead } from '../../guard/guard-head.ts'
import { createThemeFiles, withoutDarkMode } from '../../theme/theme-files.ts'
import type { Manifest } from '../manifest.ts'
import type { AddOptions } from '../options.ts'
import { fillConfig } from '../payload/config-placeholder.ts'
import type { Files, Language, Payload } from '../payload/payload.ts'
import { pathIn, type Target } from '../target/target.ts'
import { appConfigFile, CONFIG_MODULE } from './app-config-file.ts'
import { EMULATOR_CONFIG, emulatorConfigFile } from './emulator-config-file.ts'
import { type FunctionsConfig, functionsConfigOf } from './functions-config.ts'
import { placeFolders } from './place-folders.ts'
import { sourceFiles } from './source-files.ts'

const CONSENT_VERSION = /CurrentConsentVersion = '([^']+)'/

/**
 * Every file that the login brings into an app, by path from the target's root.
 * @param manifest of the last run
 */
export function broughtFiles(
  target: Target,
  payload: Payload,
  options: AddOptions,
  manifest: Manifest | undefined,
): Files {
  const { language } = target
  const config = functionsConfigOf(payload.functionsConfig, options)
  const sources = {
    ...themed(payload.miniprogram[language], options, target),
    ...tabFiles(options, language),
  }
  const miniprogram = {
    ...placeFolders(sources, options),
    [`${CONFIG_MODULE}.${language}`]: appConfigFile(options, language, consentVersionOf(payload)),
  }
  return {
    ...below(target.miniprogramRoot, miniprogram),
    ...below(target.functionsRoot.path, functionFiles(payload, options, config)),
    ...(options.functions === 'sources' ? sourceFiles(payload, config, target.functionsRoot.path) : {}),
    ...(hasOwnEmulatorConfig(target, manifest) ? {} : { [EMULATOR_CONFIG]: emulatorConfigFile(config) }),
  }
}

/** An app's own settings for the emulator stay as they are. */
function hasOwnEmulatorConfig({ emulatorConfigs }: Target, manifest: Manifest | undefined): boolean {
  return emulatorConfigs.some((name) => !(name in (manifest?.files ?? {})))
}

function tabFiles({ accountTab }: AddOptions, language: Language): Files {
  return accountTab === undefined ? {} : Object.fromEntries(accountTabFiles(accountTab, language))
}

function themed(files: Files, { theme }: AddOptions, { appJson }: Target): Files {
  const colours = theme === undefined ? {} : createThemeFiles(theme, files)
  const light = appJson.value.darkmode === true ? {} : withoutDarkMode()
  return { ...files, ...colours, ...light }
}

/** Built functions with the app's configuration, from the functions' root. */
function functionFiles(payload: Payload, options: AddOptions, config: FunctionsConfig): Files {
  const { functions, sdk, sdkUsers } = payload
  const code = Object.entries(functions).map(([path, text]) => [path, fillConfig(text, config)])
  const sdks = sdkUsers.flatMap((user) =>
    Object.entries(sdk).map(([name, text]) => [`${user}/${name}`, text]),
  )
  return { ...Object.fromEntries([...code, ...sdks]), ...guardFiles(payload, options, config) }
}

/** The guard beside each function of the app that uses it. */
function guardFiles({ guard, version }: Payload, options: AddOptions, config: FunctionsConfig): Files {
  const code = withGuardHead(fillConfig(guard.code, config), version)
  const files = options.guard.flatMap((name) => [
    [`${name}/auth-guard.js`, code],
    [`${name}/auth-guard.d.ts`, guard.types],
  ])
  return Object.fromEntries(files)
}

function consentVersionOf({ miniprogram }: Payload): string {
  return CONSENT_VERSION.exec(miniprogram.ts['auth/contract/consent.d.ts'] ?? '')?.[1] ?? ''
}

function below(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [pathIn(folder, path), text]))
}
