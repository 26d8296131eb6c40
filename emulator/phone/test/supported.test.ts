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

type Language = 'english' | 'chinese'
type Words = Readonly<Record<Language, string>>

const HEAD: Words = {
  english:
    '# What the emulator supports\n\n[简体中文](SUPPORTED.zh-CN.md)\n\nMade from the code: `npx vitest run emulator/phone/test/supported.test.ts -u`',
  chinese:
    '# 支持的功能\n\n[English](SUPPORTED.md)\n\n由代码生成：`npx vitest run emulator/phone/test/supported.test.ts -u`',
}

/** Each list of names, with its title. */
function sections(): readonly (readonly [title: Words, names: readonly string[]])[] {
  return [
    [{ english: 'Components', chinese: '组件' }, supported.components],
    [{ english: 'Open types of `button`', chinese: '`button` 的 open-type' }, supported.openTypes],
    [{ english: '`wx.`', chinese: '`wx.`' }, supported.wx],
    [
      {
        english: '`wx.`: succeed without an effect, and are noted once',
        chinese: '`wx.`：调用成功，没有效果，首次提示',
      },
      supported.wxWithoutEffect,
    ],
    [
      {
        english: '`wx.`: fail by their name, `wx.canIUse` is false',
        chinese: '`wx.`：按名称报错，`wx.canIUse` 为 false',
      },
      supported.wxMissing,
    ],
    [{ english: '`cloud.openapi.`', chinese: '`cloud.openapi.`' }, kit.cloud.openapi.names],
    [{ english: 'Operators of queries', chinese: '数据库查询' }, QUERY_OPERATORS],
    [{ english: 'Operators of updates', chinese: '数据库更新' }, UPDATE_OPERATORS],
    [{ english: 'Stages of aggregations', chinese: '聚合阶段' }, STAGE_NAMES],
    [{ english: 'Operators of expressions', chinese: '聚合表达式' }, EXPRESSION_OPERATORS],
  ]
}

it.each([
  ['SUPPORTED.md', 'english'],
  ['SUPPORTED.zh-CN.md', 'chinese'],
] as const)('%s lists what the code has', async (file, language) => {
  const text = sections().map(
    ([title, names]) => `## ${title[language]} (${names.length})\n\n${listOf(names)}\n`,
  )
  await expect(`${HEAD[language]}\n\n${text.join('\n')}`).toMatchFileSnapshot(`../../${file}`)
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
