import { readFileSync, writeFileSync } from 'node:fs'
import { projectPath } from './project.ts'

/** What ties a clone of this project to one mini-program; undefined where it is not set. */
export interface Settings {
  appid: string | undefined
  /** The cloud environment's id. */
  cloudEnv: string | undefined
}

interface Place {
  file: string
  /** Its second group is the value; everything else of the file stays as it is. */
  pattern: RegExp
  /** Stands for not being set. */
  unset: string
}

const APPID: Place = {
  file: 'project.config.json',
  pattern: /("appid"\s*:\s*")([^"]*)(")/,
  unset: 'touristappid',
}
const CLOUD_ENV: Place = {
  file: 'miniprogram/utils/config.ts',
  pattern: /(\n\s*cloudEnv: ')([^']*)(')/,
  unset: '',
}

/** @throws Error when a file has no place for its value any more */
export function readSettings(): Settings {
  return { appid: readPlace(APPID), cloudEnv: readPlace(CLOUD_ENV) }
}

/** Writes the two values to where WeChat DevTools and the mini-program read them, and touches nothing else. */
export function writeSettings({ appid, cloudEnv }: { appid: string; cloudEnv: string }): void {
  writePlace(APPID, appid)
  writePlace(CLOUD_ENV, cloudEnv)
}

/** `wx` and 16 hexadecimal digits. */
export function isAppid(text: string): boolean {
  return /^wx[0-9a-f]{16}$/.test(text)
}

/** Lower-case letters, digits and `-`, as `cloud1-5g2k8x1a9c0d3e7f`: the name alone, without what follows it, is not an id. */
export function isCloudEnv(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(text) && text.length <= 64
}

function readPlace({ file, pattern, unset }: Place): string | undefined {
  const value = pattern.exec(readFileSync(projectPath(file), 'utf8'))?.[2]
  if (value === undefined) throw new Error(`${file}: 没有可填写的位置 · the place for the value is gone`)
  return value === unset ? undefined : value
}

function writePlace({ file, pattern }: Place, value: string): void {
  const before = readFileSync(projectPath(file), 'utf8')
  const after = before.replace(
    pattern,
    (_all, start: string, _old: string, end: string) => start + value + end,
  )
  if (after !== before) writeFileSync(projectPath(file), after)
}
