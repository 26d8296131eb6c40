/** A WeChat project as its project.config.json describes it. All paths are absolute. */
export interface WechatProject {
  /** Folder of project.config.json. */
  root: string
  name: string
  appid: string
  /** Folder of app.json. */
  miniprogramRoot: string
  /** Folder with one folder a function; undefined if the project has none. */
  cloudfunctionRoot: string | undefined
  /** Version of the base library (基础库), such as `3.8.0`; undefined for `trial`, `latest` and none. */
  libVersion: string | undefined
  /** `setting.useCompilerPlugins`: of `typescript`, `sass`, `less`. */
  compilerPlugins: readonly string[]
  /** Where npm packages come from: one package.json, and the folder that gets its `miniprogram_npm`. */
  npm: readonly NpmSource[]
  /** Whether scripts run in strict mode: `setting.es6` without `setting.disableUseStrict`. */
  isStrict: boolean
}

export interface NpmSource {
  /** Its folder's `node_modules` holds the packages. */
  packageJson: string
  /** `miniprogram_npm` belongs into this folder. */
  target: string
}

/** What is wrong with project.config.json, or not supported. */
export interface ProjectFinding {
  file: string
  message: string
}
