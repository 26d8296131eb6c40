import './configured.ts'
import { ENGLISH_TEXTS } from '../../miniprogram/account/utils/english-texts.ts'
import {
  ENGLISH_PHONE_ERROR_TEXTS,
  type ErrorCode,
  NEXT_STEPS,
  type NextStep,
  toNotice,
} from '../../miniprogram/account/utils/error-notice.ts'
import { ENGLISH_ERROR_TEXTS } from '../../miniprogram/auth/ui/english-error-texts.ts'
import type { Language, Words } from '../documents/languages.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

/** What a phone of each language shows. */
const SHOWN: Readonly<Record<Language, Readonly<Record<ErrorCode, string>>>> = {
  english: { ...ENGLISH_ERROR_TEXTS, ...ENGLISH_PHONE_ERROR_TEXTS },
  chinese: ERROR_TEXTS,
}
const LABELS = { english: ENGLISH_TEXTS.login, chinese: TEXTS.login }

const STEPS: Readonly<Record<NextStep, Words>> = {
  tapAgain: { english: 'the login button, for a new try', chinese: '登录按钮，重新试' },
  retry: {
    english: `${LABELS.english.retry}: the same login goes on, without a new phone authorization`,
    chinese: `${LABELS.chinese.retry}：继续同一次登录，不再请求手机号授权`,
  },
  consent: {
    english: `the button “${LABELS.english.agreeButton}”, which agrees`,
    chinese: `“${LABELS.chinese.agreeButton}”按钮：点击即同意`,
  },
  browse: { english: 'nothing to tap: the text says who can help', chinese: '没有可点的：文案说明谁能帮忙' },
}

const HEAD: Words = {
  english: `# How a login can end

[简体中文](../zh-CN/login-endings.md)

Every way a login can fail, what the login page says on a phone in English, and the next step. “${LABELS.english.later}” and
browsing are always possible. The first nine come from the phone button, the app itself finds the next eight, and the rest are
the reasons of \`contract/reason.ts\` that a cloud function may answer.

\`npx vitest run error-notice -u\` writes this page from [the tables of the texts](customise.md#texts) and
\`miniprogram/account/utils/error-notice.ts\`.

| ending | what the user reads | next step |
|---|---|---|
`,
  chinese: `# 登录的每一种结局

[English](../en/login-endings.md)

登录可能失败的每一种情况、微信语言为中文时登录页的文案，以及下一步。任何时候都可以“${LABELS.chinese.later}”，继续浏览。
前九种来自手机号按钮，接下来八种由小程序自己发现，其余是云函数可能返回的 \`contract/reason.ts\` 里的原因码。

本页由 \`npx vitest run error-notice -u\` 根据[文案的各张表](customise.md#文案)和
\`miniprogram/account/utils/error-notice.ts\` 生成。

| 结局 | 用户看到的文案 | 下一步 |
|---|---|---|
`,
}

/** `login-endings.md` in a language. */
export function loginEndingsPage(language: Language): string {
  const rows = (Object.keys(NEXT_STEPS) as ErrorCode[]).map(
    (code) => `| \`${code}\` | ${SHOWN[language][code]} | ${STEPS[toNotice(code).nextStep][language]} |`,
  )
  return `${HEAD[language]}${rows.join('\n')}\n`
}
