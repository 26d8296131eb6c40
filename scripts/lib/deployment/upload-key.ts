import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fail, projectPath } from '../project.ts'
import { requireKeyOutsideGit } from './committed.ts'

/** The file of the upload key: named, or the one that WeChat's page gives. */
export function uploadKeyFile(named: string | undefined, appid: string | undefined): string {
  return named ?? `private.${appid}.key`
}

/** Ends the program when the key is not there, or when git has it. Never reads it. */
export function requireUploadKey(key: string): void {
  if (!existsSync(resolve(projectPath('.'), key))) {
    fail(
      `没有上传密钥 ${key}：mp.weixin.qq.com → 开发管理 → 开发设置 → 小程序代码上传，下载密钥并把本机 IP 加入白名单 · no upload key: download it there, and put this machine’s address on the whitelist`,
    )
  }
  requireKeyOutsideGit(key)
}
