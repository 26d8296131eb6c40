import type { CurrentConsentVersion } from '../../contract/consent'
import { chooseLanguage, currentLanguage } from './core/language'

/** What the login knows of the app it belongs to: its settings, and its words in Chinese. */
export interface AuthConfig extends AppWords {
  /** The cloud environment's id, from the cloud console's 设置. Empty: the app says on screen what to do. */
  cloudEnv: string
  /** True if the app calls `wx.cloud.init` at launch itself: the login then uses the environment that the app chose. */
  appInitsCloud?: boolean
  /** False for a mini-program that may not ask for a number (personal ones): offers login without it. */
  phoneRequired: boolean
  /** Verifies the number at the moment of the tap: 0.04 yuan instead of 0.03. */
  realtimePhone: boolean
  /** What the agreement and privacy pages say they are; the server asks for consent to exactly this. */
  agreementVersion: CurrentConsentVersion
  /** Paths of pictures and pages begin with a slash, from the mini-program's root. Empty: no logo. */
  logo: string
  homePage: string
  /** A page of the main package that shows `account-panel`, for a tab; without it the subpackage's own page. */
  accountPage?: string
  /**
   * The same words in English. With them the login speaks English on a phone whose WeChat is not set to Chinese; without
   * them it speaks Chinese on every phone.
   */
  english?: AppWords
}

/** The app's words that the login's pages and the two documents show, in one language. */
export interface AppWords {
  /** As the login page and the two documents name the app. */
  appName: string
  /** Below the name; may be empty. */
  slogan: string
  /** What a login is good for, on the login page. */
  benefits: readonly { icon: string; text: string }[]
  /** What a user without a nickname is called; the Chinese one as the functions' `app-config.ts` has it. */
  defaultNickname: string
  content: ContentConfig
}

/** What users keep in the app besides their account. */
export interface ContentConfig {
  /** In one word, such as 行程. */
  name: string
  /** Lines of the account page that lead to it, each for a logged-in user. */
  links: readonly { name: string; text: string; page: string }[]
  /** What the collections of `account.export` are called, by name. */
  collections: { readonly [collection: string]: string | undefined }
  /** Paragraphs of the user agreement: what the app offers. */
  service: readonly string[]
  /** Paragraphs of the privacy policy: what is collected for it, when and what for. */
  collected: readonly string[]
  /** Of the privacy policy: how users delete it. */
  deletion: string
}

/** In the language of the phone. */
export let config: AuthConfig

/** Call once, at the top of app.ts: before any page is loaded. */
export function configureAuth(appConfig: AuthConfig): void {
  const { english } = appConfig
  chooseLanguage(english !== undefined)
  config = currentLanguage() === 'en' ? { ...appConfig, ...english } : appConfig
}
