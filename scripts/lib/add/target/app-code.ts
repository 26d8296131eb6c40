import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '../../files-below.ts'
import { type CloudInit, pathIn } from './target.ts'

const NOT_OF_THE_APP = /^(node_modules|miniprogram_npm|\.git|dist)$/
const CLOUD_INIT = /^(?!\s*(?:\/\/|\*)).*\bcloud\s*\.\s*init\s*\(/m
/** Functions call `init` of another SDK. */
const SERVER_SDK = /(?:require\(|from )['"]wx-server-sdk['"]/
const COLLECTION = /\.collection\(\s*(['"`])([\w-]+)\1\s*\)/g
/** A collection whose name is elsewhere: `collection(USERS)`. */
const NAMED_COLLECTION = /\.collection\(\s*[^\s'"`)]/
const NAME = /(['"`])([\w-]+)\1/g

/** Where the app calls `wx.cloud.init`: in its own script, else in another one. */
export function findCloudInit(
  root: string,
  miniprogramRoot: string,
  appScript: string,
): CloudInit | undefined {
  const others = scriptsBelow(root, miniprogramRoot).filter((path) => path !== appScript)
  for (const path of [appScript, ...others]) {
    const text = readFileSync(join(root, path), 'utf8')
    const found = SERVER_SDK.test(text) ? null : CLOUD_INIT.exec(text)
    if (found) return { path, line: text.slice(0, found.index).split('\n').length }
  }
  return undefined
}

/** Names of the collections in the app's code, each once. Where some are named by a constant, every word in quotes may be one. */
export function findCollections(root: string, folders: readonly string[]): string[] {
  const texts = [...new Set(folders)]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => scriptsBelow(root, folder))
    .map((path) => readFileSync(join(root, path), 'utf8'))
  const pattern = texts.some((text) => NAMED_COLLECTION.test(text)) ? NAME : COLLECTION
  const names = texts.flatMap((text) => [...text.matchAll(pattern)]).map(([, , name = '']) => name)
  return [...new Set(names)]
}

function scriptsBelow(root: string, folder: string): string[] {
  return filesBelow(join(root, folder), NOT_OF_THE_APP)
    .filter((path) => /\.(js|ts)$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => pathIn(folder, path))
}
