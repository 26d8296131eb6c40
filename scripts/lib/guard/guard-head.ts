import { createHash } from 'node:crypto'

const NAME = 'wechat-phone-login auth-guard'

/**
 * Puts a line on top that says what the guard was made from, so that an old copy is recognised.
 * @param code of the guard, as it is to be
 * @param version of this project
 */
export function withGuardHead(code: string, version: string): string {
  return `// ${NAME} ${version} ${hashOf(code)}: made by \`npm run build\`. Copy it, never edit it.\n${code}`
}

/** @returns the first line of a guard, which is equal for equal guards; undefined for a file that is none */
export function guardHeadOf(file: string): string | undefined {
  const [head = ''] = file.split('\n', 1)
  return head.startsWith(`// ${NAME} `) ? head.trim() : undefined
}

/** Whether a guard is as it was made. Line ends make no difference: git changes them on Windows. */
export function isUneditedGuard(file: string): boolean {
  const text = file.replaceAll('\r\n', '\n')
  const head = guardHeadOf(text)
  return head?.includes(` ${hashOf(text.slice(text.indexOf('\n') + 1))}:`) ?? false
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex').slice(0, 16)
}
