import { execFileSync } from 'node:child_process'
import { uncommittedFiles } from '../add/target/git-state.ts'
import { fail, projectPath } from '../project.ts'

/** The commit that is sent; undefined where there is no git, or no commit. */
export function currentCommit(): string | undefined {
  return git('rev-parse', '--short=8', 'HEAD')?.trim()
}

/**
 * Ends the program when what would be sent is in no commit: nobody can find out later which source runs.
 * @param isAllowed `--uncommitted`
 */
export function requireCommitted(isAllowed: boolean): void {
  const files = isAllowed ? [] : (uncommittedFiles(projectPath('.')) ?? [])
  const [first] = files
  if (first === undefined) return
  fail(
    `没有发送：有 ${files.length} 个文件的改动未提交（${first} …），请先提交，或加 --uncommitted · not sent: changes are not committed; commit them, or add --uncommitted`,
  )
}

/** Ends the program when git has the upload key, or would take it: everybody with the repository could upload. */
export function requireKeyOutsideGit(key: string): void {
  if (git('rev-parse', '--is-inside-work-tree') === undefined) return
  const isTracked = git('ls-files', '--error-unmatch', '--', key) !== undefined
  if (isTracked) {
    fail(
      `上传密钥已被提交到 git：git rm --cached 它，并在公众平台重置密钥 · the upload key is committed: remove it from git and make a new one`,
    )
  }
  const wouldBeTaken = git('ls-files', '--others', '--exclude-standard', '--', key)?.trim()
  if (wouldBeTaken) {
    fail(
      '上传密钥在仓库里，且没有被 git 忽略：改名为 private.<appid>.key，或放到仓库外面 · git would take the upload key: call it private.<appid>.key, or keep it outside',
    )
  }
}

function git(...args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: projectPath('.'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return undefined
  }
}
