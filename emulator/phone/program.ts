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
  color?: string
  selectedColor?: string
  backgroundColor?: string
  list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[]
}

export interface AppConfig {
  pages: string[]
  window?: WindowConfig
  tabBar?: TabBarConfig
  style?: string
  usingComponents?: Record<string, string>
}

/** The .json of a page or component. */
export interface UnitConfig extends WindowConfig {
  component?: boolean
  usingComponents?: Record<string, string>
  styleIsolation?: string
}

/** What is compiled from one path: four files, or three, or two. */
export interface Unit {
  isPage: boolean
  config: UnitConfig
  /** Prefix of the classes in a component's style sheet; absent where classes are everybody's. */
  styleScope?: string
}

/** The compiled mini-program, as its script hands it to the phone. */
export interface Program {
  appConfig: AppConfig
  /** Pages and components by path. */
  units: Record<string, Unit>
  /** glass-easel's template functions by path. */
  templates: Record<string, unknown>
  /** Runs the script of a path; `app` is the app's. */
  modules: Record<string, () => unknown>
  mistakes: Mistake[]
}
