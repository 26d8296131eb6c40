import type { Diagnostic } from './diagnostic.ts'

/** The `window` of app.json. A page's own .json overrides its fields. */
export interface WindowConfig {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: string
  navigationStyle?: string
  backgroundColor?: string
  backgroundTextStyle?: string
  enablePullDownRefresh?: boolean
  onReachBottomDistance?: number
}

export interface TabBarConfig {
  /** The mini-program draws the bar itself, by its component `custom-tab-bar/index`. */
  custom?: boolean
  color?: string
  selectedColor?: string
  backgroundColor?: string
  list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[]
}

/** Paths are below the mini-program's folder and have no leading slash. */
export interface AppConfig {
  /** Pages of the main package and of all subpackages. The first is the entry page. */
  pages: string[]
  window?: WindowConfig
  tabBar?: TabBarConfig
  style?: string
  /** The mini-program follows WeChat's dark mode. */
  darkmode?: boolean
  /** Milliseconds after which requests fail. */
  networkTimeout?: { request?: number; connectSocket?: number; uploadFile?: number; downloadFile?: number }
  /** Why the mini-program wants a scope, such as `scope.userLocation`. */
  permission?: Record<string, { desc?: string }>
  usingComponents?: Record<string, string>
}

/** The .json of a page or component. */
export interface ComponentConfig extends WindowConfig {
  component?: boolean
  /** Paths by tag, from the mini-program's root and with a leading slash; includes the components of app.json. */
  usingComponents?: Record<string, string>
  /** By tag, the component that stands in while the package of another component is downloaded. */
  componentPlaceholder?: Record<string, string>
  componentGenerics?: Record<string, true | { default?: string }>
  styleIsolation?: string
}

/** A page or a component: up to four files of one path. */
export interface CompiledComponent {
  isPage: boolean
  /** File of its script; absent if it has none. */
  script?: string
  config: ComponentConfig
  /** Prefix of the class names in the style sheet; absent if its styles are not isolated. */
  styleScope?: string
}

/** Configurations with the dark values of theme.json. */
export interface DarkConfig {
  appConfig: AppConfig
  /** By the path of the page. */
  pages: Record<string, WindowConfig>
}

export type WxsFunction = (...parameters: unknown[]) => unknown

/** What compiled WXS calls. */
export interface WxsRuntime {
  /** Registers a script. @returns a function that runs the script once and gives its exports */
  define(
    path: string,
    run: (require: (reference: string) => unknown, exports: object, module: { exports: unknown }) => void,
  ): () => unknown
  /** Wraps a function that `change:…` names, as glass-easel's filter of property listeners. */
  observe: (
    listener: WxsFunction,
  ) => (newValue: unknown, oldValue: unknown, host: unknown, element: unknown) => void
  /** Calls a function that handles an event, as glass-easel's wrapper of event listeners. @param path leads to it, by WXS or by data */
  handle: (caller: unknown, event: unknown, listener: WxsFunction, path?: unknown) => unknown
  /** The function that an expression of WXML calls. A method of a value, such as `price.toFixed`, is not called. */
  callable: (value: unknown) => WxsFunction
  getDate(...parameters: unknown[]): Date
  getRegExp(pattern: string, flags?: string): RegExp
  /** Replaces `constructor`, which in WXS is the name of the type. */
  typeName: symbol
}

/** glass-easel's template functions by path. Reading one for the first time creates it and runs the WXS it uses. */
export type Templates = Record<string, unknown>

/** The compiled mini-program, as its script hands it to the phone. */
export interface CompiledProgram {
  appConfig: AppConfig
  /** Pages and components by path. */
  components: Record<string, CompiledComponent>
  /** What differs in WeChat's dark mode; absent without `darkmode`. */
  dark?: DarkConfig
  templates: (wxs: WxsRuntime) => Templates
  /** Functions that run the script of a path; the app's script has the path `app`. */
  modules: Record<string, () => unknown>
  /** All errors, for the tester's panel. */
  errors: Diagnostic[]
  /** What the phone ignores or does differently. */
  notes: Diagnostic[]
  /** By path, the errors that keep a page or component from running; those under `app` stop the whole mini-program. */
  broken: Record<string, Diagnostic[]>
}
