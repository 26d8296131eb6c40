import { readFileSync, writeFileSync } from 'node:fs'
import { projectPath } from './project.ts'

/** The mini-program that this clone belongs to. A value that is not set is undefined. */
export interface Settings {
  appid: string | undefined
  /** The cloud environment's id. */
  cloudEnv: string | undefined
}

interface SettingPlace {
  file: string
  /** Its second group is the value. */
  pattern: RegExp
  /** The value that means `not set`. */
  unset: string
}

const APPID: SettingPlace = {
  file: 'project.config.json',
  pattern: /("appid"\s*:\s*")([^"]*)(")/,
  unset: 'touristappid',
}
const CLOUD_ENV: SettingPlace = {
  file: 'miniprogram/app-config.ts',
  pattern: /(\n\s*cloudEnv: ')([^']*)(')/,
  unset: '',
}

/** @throws Error if a file has no place for its value any more */
export function readSettings(): Settings {
  return { appid: readPlace(APPID), cloudEnv: readPlace(CLOUD_ENV) }
}

/** Writes the two values where WeChat DevTools and the mini-program read them, and changes nothing else. */
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

function readPlace({ file, pattern, unset }: SettingPlace): string | undefined {
  const value = pattern.exec(readFileSync(projectPath(file), 'utf8'))?.[2]
  if (value === undefined) throw new Error(`${file}: 没有可填写的位置 · the place for the value is gone`)
  return value === unset ? undefined : value
}

function writePlace({ file, pattern }: SettingPlace, value: string): void {
  const before = readFileSync(projectPath(file), 'utf8')
  const after = before.replace(
    pattern,
    (_all, start: string, _old: string, end: string) => start + value + end,
  )
  if (after !== before) writeFileSync(projectPath(file), after)
}
