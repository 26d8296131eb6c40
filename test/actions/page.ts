import { FOLDERS_BY_LANGUAGE, type Language, type Words } from '../documents/languages.ts'
import type { Operation } from '../support/operations/operation.ts'
import { EVERY_FUNCTION, GUARD } from '../support/operations/reasons.ts'

/** How many requests to the database an operation waits for, one after the other. */
export type RoundTrips = ReadonlyMap<Operation, number | 'by time'>

const AS_TIME_ALLOWS: Words = { english: 'as many as its time allows', chinese: '视时间而定' }

/** Path of `actions.md` in a language, from the project's root. */
export function actionsPagePath(language: Language): string {
  return `${FOLDERS_BY_LANGUAGE[language]}/actions.md`
}

/** `actions.md` in a language. */
export function actionsPage(
  operations: readonly Operation[],
  roundTrips: RoundTrips,
  language: Language,
): string {
  const rows = operations.map((operation) => {
    const { function: name, variant, does, isGuarded, reasons } = operation
    const count = roundTrips.get(operation)
    const answers = `${isGuarded ? '*guard* ' : ''}${list(reasons)}`.trim()
    const trips = count === 'by time' ? AS_TIME_ALLOWS[language] : count
    return `| \`${name}\` ${variant} | ${does[language]} | ${trips} | ${answers} |`
  })
  return `${HEAD[language]}${rows.join('\n')}\n`
}

function list(reasons: readonly string[]): string {
  return reasons.map((reason) => `\`${reason}\``).join(' ')
}

const HEAD: Words = {
  english: `# What the functions can be asked

[简体中文](../zh-CN/actions.md)

Each action with its sequential round trips to the database and the reasons it can answer. Requests in parallel count as one
round trip. \`contract/reason.ts\` says what each reason means, \`cloudfunctions/shared/core/reasons.ts\` has its code.

Every function can answer ${list(EVERY_FUNCTION)}.

*guard* stands for ${list(GUARD)}.

\`test/actions/\` counts the round trips in the embedded cloud's call log; \`npx vitest run test/actions -u\` writes this page.

| action | does | round trips | can answer |
|---|---|---|---|
`,
  chinese: `# 全部动作

[English](../en/actions.md)

每个动作、它依次往返数据库的次数、可能返回的原因码。并行的请求算一次往返。每个原因码的含义在 \`contract/reason.ts\`，
它的 code 在 \`cloudfunctions/shared/core/reasons.ts\`。

每个云函数都可能返回 ${list(EVERY_FUNCTION)}。

*guard* 指 ${list(GUARD)}。

\`test/actions/\` 按本机的云的调用日志数往返次数；\`npx vitest run test/actions -u\` 生成本页。

| 动作 | 做什么 | 往返 | 可能返回 |
|---|---|---|---|
`,
}
