import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { EXPRESSION_OPERATORS } from '../../cloud/database/aggregate/expression.ts'
import { STAGE_NAMES } from '../../cloud/database/aggregate/pipeline.ts'
import { QUERY_OPERATORS } from '../../cloud/database/query/query.ts'
import { UPDATE_OPERATORS } from '../../cloud/database/update/update.ts'
import { FIXTURE, PhoneKit } from '../../testing/phone/phone-kit.ts'
import { WECHAT_NAMES } from '../browser/wx/names.ts'
import { COMPONENT_NAMES } from '../program/component-names.ts'

interface Supported {
  components: string[]
  openTypes: string[]
  wx: string[]
  wxWithoutEffect: string[]
  wxMissing: string[]
}

let kit: PhoneKit
let supported: Supported
beforeAll(async () => {
  kit = await PhoneKit.start(FIXTURE)
  const phone = await kit.phone('oReader')
  await phone.text('表单').waitFor()
  supported = await phone.screen
    .locator('body')
    .evaluate(() => (globalThis as unknown as { __phoneSupports: Supported }).__phoneSupports)
  await kit.finish()
})
afterAll(() => kit.stop())

/** Names in `backquotes`, lines of a readable length. */
function listOf(names: readonly string[]): string {
  const lines: string[] = []
  for (const name of [...names].sort()) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + name.length < 118) lines[lines.length - 1] = `${last} \`${name}\``
    else lines.push(`\`${name}\``)
  }
  return lines.join('\n')
}

it('SUPPORTED.md lists what the code has', async () => {
  const sections: readonly [title: string, names: readonly string[]][] = [
    ['组件 · Components', supported.components],
    ['`button` 的 open-type · Open types of `button`', supported.openTypes],
    ['`wx.`', supported.wx],
    [
      '`wx.`：调用成功，没有效果，首次提示 · Succeed without an effect, and are noted once',
      supported.wxWithoutEffect,
    ],
    ['`wx.`：按名称报错，`wx.canIUse` 为 false · Fail by their name', supported.wxMissing],
    ['`cloud.openapi.`', kit.cloud.openapi.names],
    ['数据库查询 · Operators of queries', QUERY_OPERATORS],
    ['数据库更新 · Operators of updates', UPDATE_OPERATORS],
    ['聚合阶段 · Stages of aggregations', STAGE_NAMES],
    ['聚合表达式 · Operators of expressions', EXPRESSION_OPERATORS],
  ]
  const text = sections.map(([title, names]) => `## ${title} (${names.length})\n\n${listOf(names)}\n`)
  const head =
    '# 支持的功能 · What the emulator supports\n\n由代码生成 · Made from the code: `npx vitest run emulator/phone/test/supported.test.ts -u`'
  await expect(`${head}\n\n${text.join('\n')}`).toMatchFileSnapshot('../../SUPPORTED.md')
})

it('the names of wx are those of WeChat’s typings', () => {
  const file = createRequire(import.meta.url).resolve('miniprogram-api-typings/types/wx/lib.wx.api.d.ts')
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const [, members = ''] = /\n {4}interface Wx \{\n([\s\S]*?)\n {4}\}\n/.exec(text) ?? []
  const names = [...members.matchAll(/^ {8}(?:readonly )?(\w+)\??\s*[(<:]/gm)].map(([, name]) => name)
  expect([...new Set(names)].sort()).toEqual([...WECHAT_NAMES].sort())
})

it('the compiler knows exactly the components that the phone draws', () => {
  expect(supported.components.sort()).toEqual([...COMPONENT_NAMES].sort())
})
