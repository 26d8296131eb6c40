import {
  type ErrorCode,
  NEXT_STEPS,
  type NextStep,
  toNotice,
} from '../../miniprogram/account/utils/error-notice.ts'
import type { Language, Words } from '../documents/languages.ts'
import { ERROR_TEXTS } from './texts.ts'

const STEPS: Readonly<Record<NextStep, Words>> = {
  tapAgain: { english: 'the login button, for a new try', chinese: '登录按钮，重新试' },
  retry: {
    english: '再试一次: the same login goes on, without a new phone authorization',
    chinese: '再试一次：继续同一次登录，不再请求手机号授权',
  },
  consent: { english: 'the button 同意并登录, which agrees', chinese: '“同意并登录”按钮：点击即同意' },
  browse: { english: 'nothing to tap: the text says who can help', chinese: '没有可点的：文案说明谁能帮忙' },
}

const HEAD: Words = {
  english: `# How a login can end

[简体中文](../zh-CN/login-endings.md)

Every way a login can fail, the text on the login page, and the next step. 暂不登录 and browsing are always possible.
\`test/miniprogram/error-notice.test.ts\` compares the table with \`miniprogram/auth/ui/error-texts.ts\` and
\`miniprogram/account/utils/error-notice.ts\`; \`npx vitest run error-notice -u\` writes it again.

The first nine come from the phone button, the app itself finds the next eight, and the rest are the reasons of
\`contract/reason.ts\` that a cloud function may answer.

| ending | what the user reads | next step |
|---|---|---|
`,
  chinese: `# 登录的每一种结局

[English](../en/login-endings.md)

登录可能失败的每一种情况、登录页上的文案和下一步。任何时候都可以“暂不登录”，继续浏览。
\`test/miniprogram/error-notice.test.ts\` 把下表与 \`miniprogram/auth/ui/error-texts.ts\` 和
\`miniprogram/account/utils/error-notice.ts\` 比较；\`npx vitest run error-notice -u\` 重新生成它。

前九种来自手机号按钮，接下来八种由小程序自己发现，其余是云函数可能返回的 \`contract/reason.ts\` 里的原因码。

| 结局 | 用户看到的文案 | 下一步 |
|---|---|---|
`,
}

/** `login-endings.md` in a language. */
export function loginEndingsPage(language: Language): string {
  const rows = (Object.keys(NEXT_STEPS) as ErrorCode[]).map(
    (code) => `| \`${code}\` | ${ERROR_TEXTS[code]} | ${STEPS[toNotice(code).nextStep][language]} |`,
  )
  return `${HEAD[language]}${rows.join('\n')}\n`
}
