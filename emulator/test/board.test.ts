import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ProjectKit } from '../testing/phone/project-kit.ts'

const RULES: Record<string, unknown> = JSON.parse(
  readFileSync(new URL('./projects/board/security-rules.json', import.meta.url), 'utf8'),
)
const PINNED = { _id: 'pinned', _openid: 'oOwner', board: 'main', author: '店主', text: '欢迎留言', likes: 3 }

let board: ProjectKit
beforeAll(async () => {
  board = await ProjectKit.start('board')
  await board.seed('messages', [{ ...PINNED, pinned: true, createdAt: { $date: '2024-05-01T00:00:00Z' } }])
  await board.seed('likes')
  await board.seed('notices', [{ _id: 'today', text: '今天不打烊' }])
  for (const [collection, rules] of Object.entries(RULES)) {
    await board.kit.control.put(`collections/${collection}/permission`, {
      permission: 'CUSTOM',
      rules: JSON.stringify(rules),
    })
  }
})
afterEach(() => board.finish())
afterAll(() => board.stop())

it('a message board that reads the database from its pages builds, and its pages open', async () => {
  expect(board.kit.built.errors).toEqual([])
  const phone = await board.phone('oVisitor')
  await phone.text('公告：今天不打烊').waitFor()
  await board.openEach(phone, [
    'pages/write/write',
    'pages/detail/detail?id=pinned',
    'pages/mine/mine',
    'pages/rank/rank',
    'pages/board/board',
  ])
  await phone.text('欢迎留言').waitFor()
})

it('one writes, others see it at once, and only the writer changes and removes it', async () => {
  const reader = await board.phone('oReader')
  await reader.text('欢迎留言').waitFor()
  const writer = await board.phone('oWriter')
  await writer.button('写留言').click()
  await writer.top.locator('input').fill('小王')
  await writer.top.locator('textarea').fill('你好')
  await writer.text('2/200').waitFor()
  await writer.button('发布').click()
  await writer.toast('已发布').waitFor()
  await writer.text('小王').waitFor()
  await reader.text('有 1 处更新').waitFor()
  expect(board.documents('messages')).toContainEqual(
    expect.objectContaining({ _openid: 'oWriter', text: '你好', createdAt: expect.any(Date) }),
  )
  await writer.text('你好').click()
  await writer.button('点赞').click()
  await writer.text('赞 1').waitFor()
  await writer.button('修改').click()
  await writer.text('你好（已修改）').waitFor()
  await reader.text('欢迎留言').click()
  await reader.button('修改').click()
  await reader.text('只能修改自己的留言').waitFor()
  await reader.button('设为公告').click()
  await reader.text('不能发公告：-502003').waitFor()
  await writer.button('删除').click()
  await writer.wechatButton('确定').click()
  await writer.text('共 1 条').waitFor()
})
