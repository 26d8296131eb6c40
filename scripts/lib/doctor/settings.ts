import { execFileSync } from 'node:child_process'
import { projectPath } from '../project.ts'
import { isAppid, isCloudEnv, readSettings } from '../settings.ts'
import { error, type Finding, ok } from './finding.ts'

/** Checks that this clone is tied to a mini-program, and that secret files are not in git. */
export function checkSettings(): Finding[] {
  const { appid, cloudEnv } = readSettings()
  return [
    form('AppID', appid, isAppid),
    form('云环境 ID · cloud environment', cloudEnv, isCloudEnv),
    checkTracked(),
  ]
}

function form(about: string, value: string | undefined, isValid: (text: string) => boolean): Finding {
  if (value === undefined) return error(about, '没有设置 · not set', 'npm run setup')
  return isValid(value)
    ? ok(about, value)
    : error(about, `${value} 格式不对 · has not the form of one`, 'npm run setup')
}

function checkTracked(): Finding {
  const about = '不进版本库的文件 · files kept out of git'
  const tracked = trackedSecrets()
  if (tracked.length === 0) return ok(about, '.env，private.*.key')
  return error(
    about,
    `${tracked.join(', ')} 已被提交 · is committed`,
    'git rm --cached 它，然后换掉其中的密钥 · and replace what is in it: everybody with the history has it',
  )
}

function trackedSecrets(): string[] {
  try {
    const args = ['ls-files', '--', '.env', '.env.*', 'private.*.key', ':(glob)dist/**/env.json']
    const listing = execFileSync('git', args, { cwd: projectPath('.'), stdio: ['ignore', 'pipe', 'ignore'] })
    return String(listing).split('\n').filter(Boolean)
  } catch {
    // Without git or a repository nothing can be committed.
    return []
  }
}
