import { readFileSync } from 'node:fs'
import { Long } from 'bson'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createPages } from '../../server/pages.ts'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { NO_PHONE } from '../../testing/no-phone.ts'
import { usePage } from '../../testing/use-page.ts'
import { buildConsole } from '../build.ts'

const tab = usePage()
let kit: FixtureCloud
beforeAll(async () => {
  const console = await buildConsole()
  const pages = createPages({ console: () => console, phone: () => NO_PHONE, userTable: 'users' })
  kit = await FixtureCloud.start({ pages }, ['notes', 'users'])
}, 180_000)
afterAll(() => kit.stop())
beforeEach(() => {
  for (const name of ['notes', 'users']) {
    kit.cloud.database.dropCollection(name)
    kit.cloud.database.createCollection(name, 'ADMINONLY')
  }
})

const open = (section: string) => tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}#${section}`)
const put = (document: Record<string, unknown>) => kit.cloud.database.putDocument('notes', document)
const documents = () => kit.cloud.database.documents('notes', { sort: { _id: 1 } })
const button = (name: string) => tab.page.getByRole('button', { name, exact: true })
const detail = () => tab.page.getByRole('region', { name: /^文档 / })
/** The browser logs each refused request. */
const expectRefusal = () => {
  tab.problems = tab.problems.filter((problem) => !/status of 4\d\d/.test(problem))
}

it('finds by a field with the type of its values, and shows the query', async () => {
  for (let n = 0; n < 120; n += 1) put({ _id: `n${n}`, code: String(n), n, at: new Date(n * 86_400_000) })
  await open('database/notes')
  await tab.page.getByText('第 1–50 个，共 120 个').waitFor()
  await button('下一页').click()
  await tab.page.getByText('第 51–100 个，共 120 个').waitFor()
  await tab.page.getByLabel('字段 1').fill('n')
  await tab.page.getByLabel('比较 1').selectOption('gte')
  await tab.page.getByLabel('值 1', { exact: true }).fill('110')
  await button('＋ 条件').click()
  await tab.page.getByLabel('字段 2').fill('code')
  await tab.page.getByLabel('值 2', { exact: true }).fill('115')
  expect(await tab.page.getByLabel('查询条件').inputValue()).toBe(
    '{"$and":[{"n":{"$gte":110}},{"code":{"$eq":"115"}}]}',
  )
  await button('查询').click()
  await tab.page.getByText('第 1–1 个，共 1 个').waitFor()
  await button('去掉条件 2').click()
  await button('查询').click()
  await tab.page.getByText('第 1–10 个，共 10 个').waitFor()
  const header = tab.page.getByRole('columnheader', { name: 'n', exact: true })
  await header.getByRole('button').click()
  await header.getByRole('button').click()
  expect(await header.getAttribute('aria-sort')).toBe('descending')
  await tab.page.locator('tbody tr').first().getByRole('link', { name: 'n119' }).waitFor()
})

it('remembers the columns of a collection', async () => {
  put({ _id: 'a', title: '大理', inner: { city: '昆明' } })
  await open('database/notes')
  await tab.page.getByText('列 3').click()
  await tab.page.getByRole('checkbox', { name: 'inner.city' }).check()
  await tab.page.getByRole('checkbox', { name: 'title' }).uncheck()
  await tab.page.reload()
  await tab.page.getByRole('columnheader', { name: 'inner.city' }).waitFor()
  await tab.page.getByRole('gridcell', { name: '昆明', exact: true }).waitFor()
  expect(await tab.page.getByRole('columnheader', { name: 'title' }).count()).toBe(0)
})

it('edits a cell by keyboard alone, and leaves what others changed meanwhile', async () => {
  put({ _id: 'a', title: '大理', visits: 1 })
  await open('database/notes')
  await tab.page.getByRole('gridcell', { name: '大理' }).waitFor()
  await tab.page.getByRole('columnheader', { name: 'visits' }).getByRole('button').focus()
  // The next stops are the checkbox of the row and the current cell.
  await tab.page.keyboard.press('Tab')
  await tab.page.keyboard.press('Tab')
  await tab.page.keyboard.press('ArrowRight')
  await tab.page.keyboard.press('F2')
  await tab.page.getByRole('form', { name: '编辑 title' }).waitFor()
  put({ _id: 'a', title: '大理', visits: 2 })
  await tab.page.keyboard.press('ControlOrMeta+a')
  await tab.page.keyboard.type('丽江')
  await tab.page.keyboard.press('Enter')
  await tab.page.getByRole('gridcell', { name: '丽江' }).waitFor()
  expect(documents()).toEqual([{ _id: 'a', title: '丽江', visits: 2 }])
  await expect.poll(() => tab.page.locator(':focus').textContent()).toBe('丽江')
  await tab.page.keyboard.press('Space')
  await tab.page.getByText('已选 1 个').waitFor()
})

it('says that a field has changed meanwhile, and which unique index refuses a value', async () => {
  kit.cloud.database.createIndex('notes', { name: 'n_1', keys: [{ field: 'n', direction: 1 }], unique: true })
  put({ _id: 'a', n: 1 })
  put({ _id: 'b', n: 2 })
  await open('database/notes/a')
  await button('编辑字段 n').click()
  const value = detail().getByLabel('值', { exact: true })
  await value.fill('x')
  await button('保存').click()
  await detail().getByRole('alert').getByText('不是数字').waitFor()
  await value.fill('2')
  await button('保存').click()
  await detail().getByRole('alert').getByText('唯一索引 n_1 里已有这个值').waitFor()
  put({ _id: 'a', n: 5 })
  await value.fill('6')
  await button('保存').click()
  await detail().getByRole('alert').getByText('被别人改过').waitFor()
  expect(documents()).toMatchObject([{ n: 5 }, { n: 2 }])
  expectRefusal()
})

/** Whether keys go to an element. */
function isFocused(element: unknown): boolean {
  return (element as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement === element
}

it('adds fields of each type, inside of others too, and removes them', async () => {
  put({ _id: 'a', inner: { list: [1] }, big: Long.fromString('9007199254740993') })
  await open('database/notes/a')
  await detail().getByText('9007199254740993').waitFor()
  const add = async (where: string, name: string, kind: string, text: string) => {
    await detail().getByRole('button', { name: where, exact: true }).click()
    await expect.poll(() => detail().getByLabel('字段名').evaluate(isFocused)).toBe(true)
    await detail().getByLabel('字段名').fill(name)
    await detail().getByLabel('类型').selectOption(kind)
    const value = detail().getByLabel('值', { exact: true })
    if (kind === 'bool') await value.selectOption(text)
    else if (kind !== 'null') await value.fill(text)
    await detail().getByRole('button', { name: '保存' }).click()
    await detail().getByLabel('字段名').waitFor({ state: 'detached' })
  }
  await add('＋ 字段', 'at', 'date', '2026-01-31T08:30:00Z')
  await add('＋ 字段', 'where', 'geo', '100.2, 25.6')
  await add('＋ 字段', 'on', 'bool', 'true')
  await add('＋ 字段', 'none', 'null', '')
  await add('＋ 字段 inner', 'tags', 'array', '["a", {"$date": "2026-01-01T00:00:00Z"}]')
  await button('删除字段 big').click()
  await detail().getByText('9007199254740993').waitFor({ state: 'detached' })
  expect(documents()).toEqual([
    {
      _id: 'a',
      inner: { list: [1], tags: ['a', new Date('2026-01-01T00:00:00Z')] },
      at: new Date('2026-01-31T08:30:00Z'),
      where: { type: 'Point', coordinates: [100.2, 25.6] },
      on: true,
      none: null,
    },
  ])
})

it('edits a whole document as JSON, duplicates it, and deletes it', async () => {
  put({ _id: 'n1', title: '大理' })
  await open('database/notes/n1')
  await tab.page.getByRole('tab', { name: 'JSON' }).click()
  const editor = detail().getByLabel('文档（扩展 JSON）')
  await editor.fill('{\n  "_id": "n1",\n  "title": 丽江\n}')
  await button('保存').click()
  await detail().getByRole('alert').getByText('第 3 行第 12 列').waitFor()
  await editor.fill('{ "_id": "n1", "title": "丽江" }')
  await button('保存').click()
  await expect.poll(documents).toEqual([{ _id: 'n1', title: '丽江' }])
  await expect.poll(() => editor.inputValue()).toBe('{\n  "_id": "n1",\n  "title": "丽江"\n}')
  await button('复制').click()
  const copy = tab.page.getByLabel('文档（扩展 JSON）').first()
  await copy.fill((await copy.inputValue()).replace('丽江', '昆明'))
  await button('保存').first().click()
  await expect.poll(() => documents().map(({ title }) => title)).toContain('昆明')
  // The console opens the copy, once it is saved.
  await tab.page.getByRole('region', { name: /^文档 [0-9a-f]{32}$/ }).waitFor()
  await open('database/notes/n1')
  await tab.page.getByRole('region', { name: '文档 n1' }).waitFor()
  await button('删除').click()
  await detail().getByText('没有这个文档').waitFor()
  const [left, ...others] = documents()
  expect([left, others]).toEqual([{ _id: expect.stringMatching(/^[0-9a-f]{32}$/), title: '昆明' }, []])
})

it('changes several rows at once', async () => {
  for (let n = 0; n < 60; n += 1) put({ _id: `n${String(n).padStart(2, '0')}`, even: n % 2 === 0 })
  await open('database/notes')
  const boxes = tab.page.locator('tbody').getByRole('checkbox')
  await boxes.nth(0).click()
  await boxes.nth(3).click({ modifiers: ['Shift'] })
  await tab.page.getByText('已选 4 个').waitFor()
  await button('设置字段…').click()
  await tab.page.getByLabel('字段名').fill('mark')
  await tab.page.getByLabel('值', { exact: true }).fill('x')
  await button('设置 4 个文档').click()
  await expect.poll(() => documents().filter(({ mark }) => mark === 'x')).toHaveLength(4)
  await button('选中找到的全部 60 个').click()
  await tab.page.getByText('已选 60 个').waitFor()
  await button('删除选中的').click()
  await tab.page.getByText('没有文档').waitFor()
  expect(documents()).toEqual([])
})

it('shows which call has changed a document', async () => {
  await kit.invoke('probe', 'oAlice', { do: 'write', id: 'w1' })
  put({ ...documents()[0], _id: 'w1', extra: 1 })
  await open('database/notes/w1')
  await tab.page.getByRole('tab', { name: '变化历史' }).click()
  const changes = detail().locator('.changes > li')
  await changes.nth(0).getByText('控制台').waitFor()
  await changes.nth(1).getByRole('link', { name: '云函数 probe' }).click()
  expect(tab.page.url()).toContain(`#calls/${(await kit.lastCall()).requestId}`)
})

it('exports what is selected, and imports it again after saying what it would do', async () => {
  put({ _id: 'a', at: new Date(0) })
  put({ _id: 'b', at: new Date(1) })
  await open('database/notes')
  await tab.page.locator('tbody').getByRole('checkbox').first().click()
  const [download] = await Promise.all([tab.page.waitForEvent('download'), button('导出 JSON Lines').click()])
  expect(download.suggestedFilename()).toBe('notes.jsonl')
  const text = readFileSync(await download.path(), 'utf8')
  expect(text).toBe('{"_id":"a","at":{"$date":"1970-01-01T00:00:00Z"}}\n')
  await tab.page.getByRole('tab', { name: '导入和导出' }).click()
  const input = tab.page.getByLabel('导入（按 _id 新增或替换）')
  const send = (name: string, content: string) =>
    input.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })
  await send('bad.csv', '_id,at\nc,soon\n')
  await tab.page.getByRole('alert').getByText('第 2 行：at：不是日期').waitFor()
  await send('good.csv', '_id,at\nc,1970-01-02\na,1970-01-01T00:00:00.000Z\n')
  await tab.page.getByText('将会：新增 1 个，替换 0 个，1 个相同。').waitFor()
  expect(documents()).toHaveLength(2)
  await button('导入 1 个文档').click()
  await tab.page.getByText('已导入：新增 1 个').waitFor()
  expect(documents()[2]).toEqual({ _id: 'c', at: new Date(86_400_000) })
})

it('shows what belongs to a person', async () => {
  const user = { _id: 'u1', openid: 'oAlice', nickname: '爱丽丝', sessions: [{ device: 'iPhone' }] }
  kit.cloud.database.putDocument('users', user)
  put({ _id: 't1', userId: 'u1', title: '大理' })
  put({ _id: 't2', userId: 'u2', title: '昆明' })
  await kit.invoke('probe', 'oAlice', { do: 'see' })
  await open('people/oAlice')
  const person = tab.page.getByRole('region', { name: '一个人' })
  await person.getByText('爱丽丝').waitFor()
  await person.getByRole('cell', { name: 'iPhone' }).waitFor()
  expect(await person.getByText('昆明').count()).toBe(0)
  await person.getByRole('link', { name: 't1' }).click()
  await detail().getByText('大理').waitFor()
})
