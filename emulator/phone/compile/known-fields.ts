import { type Diagnostics, diagnosticAt } from './diagnostics.ts'
import { lineOf } from './json-source.ts'

/** Source: https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html */
const APP_FIELDS = new Set(
  `$schema appBar cloud cloudVersion componentFramework convertRpxToVw darkmode debug debugOptions embeddedAppIdList
  enablePassiveEvent entranceDeclare entryPagePath functionalPages halfPage industrySDK lazyCodeLoading miniApp
  navigateToMiniProgramAppIdList networkTimeout pages permission plugins preloadRule referrerPolicy renderer
  rendererOptions requiredBackgroundModes requiredPrivateInfos resizable resolveAlias serviceProviderTicket singlePage
  sitemapLocation static style subPackages subpackages supportedMaterials tabBar themeLocation useExtendedLib
  usingComponents window workers __usePrivacyCheck__`.split(/\s+/),
)

/** Source: https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/page.html */
const PAGE_FIELDS = new Set(
  `$schema backgroundColor backgroundColorBottom backgroundColorContent backgroundColorTop backgroundTextStyle component
  componentFramework componentGenerics componentPlaceholder disableScroll disableSwipeBack enablePassiveEvent
  enablePullDownRefresh enableShareAppMessage enableShareTimeline handleWebviewPreload homeButton
  initialRenderingCache navigationBarBackgroundColor navigationBarTextStyle navigationBarTitleText navigationStyle
  onReachBottomDistance pageOrientation pureDataPattern renderer rendererOptions restartStrategy singlePage style
  styleIsolation useOriginalTap usingComponents virtualHost visualEffectInBackground`.split(/\s+/),
)

/** Fields that change nothing on this phone and what a developer would miss. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  functionalPages: '这台手机没有插件的功能页 · no functional pages here',
  workers: '这台手机没有 Worker · no workers here',
}

/** Notes fields of app.json, or of the .json of a page or component, that mean nothing to WeChat or to this phone. */
export function noteUnknownFields(
  { file, config, text }: { file: string; config: object; text: string },
  diagnostics: Diagnostics,
): void {
  const known = file === 'app.json' ? APP_FIELDS : PAGE_FIELDS
  for (const [name, value] of Object.entries(config)) {
    const note = (message: string) => diagnostics.addNote(diagnosticAt(file, lineOf(text, name), message))
    const missing = WITHOUT_EFFECT[name]
    if (!known.has(name)) note(`微信没有字段 ${name}：不起作用 · unknown field`)
    else if (missing !== undefined && file === 'app.json') note(`${name}：${missing}`)
    else if (name === 'renderer' && value === 'skyline')
      note('renderer：这台手机按 webview 渲染，不是 skyline · drawn as by webview here')
  }
}
