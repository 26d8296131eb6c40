/** The language of an app: its `app.ts` or `app.js` says which. */
export type Language = 'ts' | 'js'

/** Files by path, with `/`. */
export type Files = Readonly<Record<string, string>>

/** What `add` brings into an app. It is the same for every app: what differs is filled in when it is written. */
export interface Payload {
  version: string
  /** `auth/` and `account/`, from the mini-program's root, for an app in each language. */
  miniprogram: Readonly<Record<Language, Files>>
  /** Pages of the subpackage `account`, from its root. */
  accountPages: readonly string[]
  /** Built functions, from the functions' root, with placeholders for the app's configuration. */
  functions: Files
  /** Files of the SDK, the same beside every function that is in `sdkUsers`. */
  sdk: Files
  sdkUsers: readonly string[]
  /** For functions of the app: their guard, with placeholders too, and its types. */
  guard: { code: string; types: string }
  /** Sources of the functions and the contract, from this project's root, for an app that builds them itself. */
  sources: Files
  /** Packages with which they are built, with their versions. */
  buildPackages: Readonly<Record<string, string>>
  /** What `cloudfunctions/app-config.ts` exports, by name. */
  functionsConfig: Readonly<Record<string, unknown>>
}
