/** Component of the login's subpackage that shows what the account page shows. */
const PANEL = '/account/components/account-panel/account-panel'

/**
 * The files of a page in an app's main package that shows the account, since WeChat wants tab pages there. WeChat
 * downloads the subpackage of the component when the page is shown, unless `preloadRule` did; until then the page is empty.
 * The page goes into `pages` and `tabBar` of app.json, and as `accountPage` into the configuration of the login.
 * @param route of the page, without a leading slash: `pages/account/account`
 * @param script ending of the app's scripts
 * @returns content by path below the mini-program's folder
 */
export function accountTabFiles(route: string, script: 'ts' | 'js' = 'ts'): Map<string, string> {
  const config = {
    navigationBarTitleText: '我的',
    navigationStyle: 'default',
    styleIsolation: 'page-isolated',
    usingComponents: { 'account-panel': PANEL },
    componentPlaceholder: { 'account-panel': 'view' },
  }
  return new Map([
    [`${route}.json`, `${JSON.stringify(config, null, 2)}\n`],
    [`${route}.wxml`, '<page-meta root-font-size="system" />\n<account-panel />\n'],
    [`${route}.${script}`, 'Page({})\n'],
  ])
}
