import { CONFIG_MODULE } from './files/app-config-file.ts'
import type { AddOptions } from './options.ts'
import { pathIn, type Target } from './target/target.ts'

/** What the developer should know before the login is written, a line each. */
export function notesOn(target: Target, options: AddOptions): string[] {
  return [...cloudNotes(target, options), ...collectionNotes(options)]
}

function collectionNotes({ collections }: AddOptions): string[] {
  const names = Object.entries(collections)
    .map(([own, name]) => `${own} → ${name}`)
    .join('，')
  if (names === '') return []
  return [`登录的集合 · the login’s collections: ${names}`]
}

function cloudNotes({ cloudInit, appScript }: Target, options: AddOptions): string[] {
  if (options.appInitsCloud && cloudInit) {
    const call = `${cloudInit.path}:${cloudInit.line}`
    if (cloudInit.path === appScript.path) {
      return [
        `登录使用 ${call} 的 wx.cloud.init 的环境 · the login uses the environment of the app’s own wx.cloud.init`,
      ]
    }
    return [
      `登录使用 ${call} 的 wx.cloud.init：请确认它在 onLaunch 里执行 · make sure that it runs in onLaunch, or give --env`,
    ]
  }
  if (options.cloudEnv !== '') return []
  return [
    `还没有云环境 ID：--env，或填进 ${CONFIG_MODULE} · no cloud environment yet: --env, or in ${CONFIG_MODULE}`,
  ]
}

/** What is left to do after the login was added. */
export function nextSteps(target: Target, { authRoot, accountRoot }: AddOptions): string {
  const { miniprogramRoot, functionsRoot, language } = target
  const face = pathIn(miniprogramRoot, `${authRoot}/index`)
  const legal = pathIn(miniprogramRoot, `${accountRoot}/legal`)
  return `
接下来 · next
  1  在页面里 · in a page: requireLogin(() => …)，来自 from ${face}
  2  填写 · fill in: ${pathIn(miniprogramRoot, `${CONFIG_MODULE}.${language}`)}，${legal} 里的【…】
  3  云函数的环境变量 · variables of the functions: LOGIN_SECRETS, INDEX_SECRET
  4  创建集合和索引 · make the collections and their indexes: docs/zh-CN/indexes.md
  5  上传 ${functionsRoot.path} 里的六个云函数 · upload the six functions
说明 · guide: docs/zh-CN/add.md · docs/en/add.md`
}
