/** A mistake of the mini-program's author, found while it was compiled. */
export interface Mistake {
  /** Below the mini-program's folder. */
  file: string
  line?: number
  message: string
}

/** The `window` of app.json, which a page's own .json overrules. */
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
  /** Drawn by the mini-program's own `custom-tab-bar/index`. */
  custom?: boolean
  color?: string
  selectedColor?: string
  backgroundColor?: string
  list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[]
}

/** Paths are below the mini-program's folder, without a slash in front. */
export interface AppConfig {
  /** Those of subpackages too; the first is opened at the start. */
  pages: string[]
  window?: WindowConfig
  tabBar?: TabBarConfig
  style?: string
  usingComponents?: Record<string, string>
}

/** The .json of a page or component. */
export interface UnitConfig extends WindowConfig {
  component?: boolean
  /** By tag, from the root of the mini-program, with a slash in front; those of app.json are among them. */
  usingComponents?: Record<string, string>
  componentGenerics?: Record<string, true | { default?: string }>
  styleIsolation?: string
}

/** What is compiled from one path: four files, or three, or two. */
export interface Unit {
  isPage: boolean
  /** The file of its script; absent where there is none. */
  script?: string
  config: UnitConfig
  /** Prefix of the classes in a component's style sheet; absent where classes are everybody's. */
  styleScope?: string
}

/** What the functions of WXS find around them. */
export interface WxsRuntime {
  /** Keeps a script until it is asked for. @returns runs it, once, and gives what it exports */
  define(
    path: string,
    run: (require: (reference: string) => unknown, exports: object, module: { exports: unknown }) => void,
  ): () => unknown
  getDate(...parameters: unknown[]): Date
  getRegExp(pattern: string, flags?: string): RegExp
  /** Stands for `.constructor`, which WXS answers with the type's name. */
  typeName: symbol
}

/** glass-easel's template functions by path. Each is made when it is first read, which runs the WXS it uses. */
export type Templates = Record<string, unknown>

/** The compiled mini-program, as its script hands it to the phone. */
export interface Program {
  appConfig: AppConfig
  /** Pages and components by path. */
  units: Record<string, Unit>
  templates: (wxs: WxsRuntime) => Templates
  /** Runs the script of a path; `app` is the app's. */
  modules: Record<string, () => unknown>
  /** All that is wrong, for the tester to read. */
  mistakes: Mistake[]
  /** What the phone does without, or otherwise. */
  notes: Mistake[]
  /** Mistakes of pages and components that cannot run for them; under `app`, of the whole mini-program. */
  broken: Record<string, Mistake[]>
}
