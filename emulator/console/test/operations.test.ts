import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { titleOf } from '../../cloud/operations/operations.ts'
import { loadConfig } from '../../config/load-config.ts'
import { createPages } from '../../server/pages.ts'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { NO_PHONE } from '../../testing/no-phone.ts'
import { usePage } from '../../testing/use-page.ts'
import { buildConsole } from '../build.ts'

/** Files of a README that begin with their name as a comment, by name. */
function filesOf(readme: string): Record<string, string> {
  const text = readFileSync(new URL(`../../${readme}`, import.meta.url), 'utf8')
  const blocks = [...text.matchAll(/^```js\n\/\/ (\S+)\n(.*?)^```$/gms)]
  return Object.fromEntries(blocks.map(([, name = '', content = '']) => [name, content]))
}

const tab = usePage()
const go = (kit: FixtureCloud, detail: string) =>
  tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}#operations/${detail}`)
const row = (text: string) => tab.page.locator('main tbody tr', { hasText: text })

/** A project of one file a path. */
class OperatedProject {
  readonly #root: string
  readonly kit: FixtureCloud

  private constructor(root: string, kit: FixtureCloud) {
    this.#root = root
    this.kit = kit
  }

  static async start(files: Readonly<Record<string, string>>): Promise<OperatedProject> {
    const root = mkdtempSync(join(tmpdir(), 'operations-'))
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), text)
    }
    const { config } = await loadConfig({ projectDirectory: root, dataDirectory: root })
    const built = await buildConsole()
    const pages = createPages({
      console: () => built,
      phone: () => NO_PHONE,
      operations: titleOf(config.operations),
    })
    const functionsDirectory = join(root, 'cloudfunctions')
    const { variables, operations } = config
    const kit = await FixtureCloud.start({
      pages,
      functionsDirectory,
      ...(variables ? { variables } : {}),
      ...(operations ? { operations } : {}),
    })
    return new OperatedProject(root, kit)
  }

  async stop(): Promise<void> {
    await this.kit.stop()
    rmSync(this.#root, { recursive: true })
  }
}

describe.each([
  { readme: 'README.md', list: 'List', refund: 'Refund', refunded: 'refunded', paid: 'paid' },
  { readme: 'README.zh-CN.md', list: '列表', refund: '退款', refunded: '已退款', paid: '已付款' },
])('the shop of $readme', ({ readme, list, refund, refunded, paid }) => {
  let shop: OperatedProject
  beforeAll(async () => {
    shop = await OperatedProject.start(filesOf(readme))
    const orders = shop.kit.collection('orders')
    for (const [place, goods] of ['龙井', '祁门', '毛峰'].entries()) {
      await orders.put({ _id: `o${place}`, goods, price: 1280, status: place === 2 ? 'refunded' : 'paid' })
    }
  }, 180_000)
  afterAll(() => shop.stop())

  it('lists, filters, and refunds the selected orders that are paid after a question with their number', async () => {
    const { page } = tab
    await go(shop.kit, '')
    await row('龙井').getByText('1,280').waitFor()
    await page.getByRole('checkbox', { name: '选中全部' }).check()
    await page.getByText('已选 3 个').waitFor()
    await page.getByRole('button', { name: `${refund}…` }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/^\D*2\D*？|2 orders\?/).waitFor()
    await dialog.getByText('选中的 3 个里，1 个不适用，会跳过。').waitFor()
    expect(await dialog.locator('.subjects').textContent()).not.toContain('毛峰')
    await dialog.getByRole('button', { name: `${refund} 2 个` }).click()
    await dialog.getByText('完成 2 个，未完成 0 个').waitFor()
    await dialog.getByRole('button', { name: '关闭' }).click()
    await row(refunded).nth(2).waitFor()
    expect(shop.kit.documents('orders').map(({ status }) => status)).toEqual(Array(3).fill('refunded'))
    await page.getByRole('form', { name: list }).getByRole('combobox').selectOption(paid)
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByText('没有', { exact: true }).waitFor()
  })

  it('the key of the settings reaches neither the page nor an answer to it', async () => {
    const texts: string[] = []
    tab.page.on('response', async (response) => {
      if (response.url().includes('/control/operations')) texts.push(await response.text())
    })
    await go(shop.kit, 'list')
    await row('龙井').waitFor()
    await expect.poll(() => texts.length).toBeGreaterThan(1)
    expect(texts.join()).not.toMatch(/a key of this machine|proof|[0-9a-f]{64}/)
  })
})

const EVERYTHING = `
  const shown = [{ path: 'name', label: '名称' }, { path: 'at', label: '时间', as: 'time' }, { path: 'note', label: '备注' }]
  export default {
    operations: {
      authorize: ({ operation, now }) => {
        if (operation === 'broken') throw new Error('no key on this machine')
        return { by: 'admin', at: now }
      },
      open: (sealed) => sealed === 'sealed' ? 'the opened text' : undefined,
      operations: [
        {
          id: 'list', name: '列表', function: 'desk', event: { action: 'list', filter: { kind: 'all' }, by: 'form' }, runsAtOnce: true,
          fields: [
            { name: 'filter.text', label: '名称', pattern: '[a-z]+', hint: '小写字母', mostCharacters: 5 },
            { name: 'filter.from', label: '从', type: 'time' },
            { name: 'count', label: '个数', type: 'number', minimum: 1, maximum: 9 },
            { name: 'isDeep', label: '全部', type: 'boolean' },
            { name: 'who', label: '谁', type: 'choice', options: { phone: '手机号', id: '编号' } },
          ],
          result: [
            { kind: 'table', title: '行', path: 'data.rows', key: 'id', columns: shown, opens: 'show',
              operations: ['show', 'reveal', 'remove'], more: { path: 'data.next', field: 'page.cursor' } },
          ],
        },
        { id: 'show', name: '查看', function: 'desk', event: { action: 'show' }, runsAtOnce: true,
          fields: [{ name: 'id', label: '编号', isRequired: true }], subject: { field: 'id', collection: 'things' },
          result: [
            { kind: 'details', title: '一件', path: 'data.one', key: 'id', fields: shown, operations: ['reveal'] },
            { kind: 'totals', items: [{ path: 'data.total', label: '合计' }, { path: 'data.none', label: '没有的' }] },
            { kind: 'counts', title: '按原因', path: 'data.reasons', label: '原因', texts: { A: '甲' } },
            { kind: 'counts', title: '成败', path: 'count', over: 'data.days', label: '结果' },
            { kind: 'chart', title: '每天', path: 'data.days', isNewestFirst: true, label: 'day', labelTitle: '日期',
              series: [{ path: 'count.ok', name: '成功' }] },
          ] },
        { id: 'reveal', name: '打开', function: 'desk', event: { action: 'reveal' },
          fields: [{ name: 'id', label: '编号', isRequired: true },
            { name: 'reason', label: '原因', type: 'longText', isRequired: true, leastCharacters: 2 }],
          subject: { field: 'id', most: 2 }, result: [{ kind: 'sealed', label: '内容', path: 'data.sealed' }] },
        { id: 'remove', name: '删除', function: 'desk', event: { action: 'remove' }, confirm: '删除 {count} 个？',
          fields: [{ name: 'id', label: '编号' }], subject: { field: 'id' } },
        { id: 'broken', name: '坏的', function: 'desk' },
      ],
    },
  }`

/** Answers what it is asked, and of a list two pages after an empty one. */
const DESK = `
  const rows = (page) => [1, 2].map((n) => ({ id: page + n, name: '=' + page + n, at: '2026-01-02T03:04:05Z', note: 'a,"b"' }))
  exports.main = async ({ action, page, id, ...event }) => {
    const data = {
      list: page ? { rows: rows(page.cursor), ...(page.cursor === 'p' ? { next: 'q' } : {}) } : { rows: [], next: 'p' },
      show: { one: rows('p').find((row) => row.id === id), total: 1234, reasons: { B: 1, A: 2 },
        days: [{ day: '2026-01-01', count: { ok: 3 } }, { day: '2026-01-02', count: { ok: 5 } }] },
      reveal: { sealed: id === 'p1' ? 'sealed' : 'foreign' },
      remove: {},
    }[action]
    if (action === 'remove' && id === 'p2') return { code: 409, reason: 'LOCKED', message: '已锁定' }
    return { code: 200, data: { ...data, event } }
  }`

describe('operations of every kind', () => {
  let desk: OperatedProject
  beforeAll(async () => {
    desk = await OperatedProject.start({
      'emulator.config.mjs': EVERYTHING,
      'cloudfunctions/desk/index.js': DESK,
    })
  }, 180_000)
  afterAll(() => desk.stop())
  const run = (id: string, inputs: object) =>
    desk.kit.control.post(`operations/${id}/run`, { inputs } as object)

  it('puts fields at their paths, and the authorization over them', async () => {
    const inputs = {
      'filter.text': ' abc ',
      'filter.from': '2026-01-01T00:00:00Z',
      count: '3',
      isDeep: true,
      who: { path: 'phone', text: '138' },
    }
    const { answer } = await run('list', inputs)
    expect(answer).toMatchObject({
      data: {
        event: {
          filter: { kind: 'all', text: 'abc', from: '2026-01-01T00:00:00.000Z' },
          count: 3,
          isDeep: true,
          phone: '138',
          by: 'admin',
          at: expect.any(Number),
        },
      },
    })
    expect(JSON.stringify(await run('list', { count: '', who: { path: 'id', text: '' } }))).not.toMatch(
      /count|who/,
    )
  })

  it.each([
    ['list', { 'filter.text': 'ABC' }, '名称：小写字母'],
    ['list', { 'filter.text': 'abcdef' }, '名称：最多 5 个字'],
    ['list', { count: '10' }, '个数：最大 9'],
    ['list', { count: 'x' }, '个数：不是数字'],
    ['list', { 'filter.from': 'x' }, '从：不是时间'],
    ['list', { who: { path: 'token', text: 'x' } }, '谁：没有这个选项'],
    ['reveal', { id: 'p1', reason: ' a ' }, '原因：至少 2 个字'],
    ['reveal', { reason: 'ab' }, '编号：请填写'],
    ['broken', {}, 'operations.authorize: no key on this machine'],
    ['none', {}, '没有这个操作'],
  ])('refuses before the call: %s %j', async (id, inputs, message) => {
    const before = (await desk.kit.control.get('calls')).calls.length
    await expect(run(id, inputs)).rejects.toThrow(message)
    expect((await desk.kit.control.get('calls')).calls).toHaveLength(before)
  })

  it('goes on where a page is empty, loads more, and saves all rows as CSV without formulas', async () => {
    const { page } = tab
    await go(desk.kit, 'list')
    await row('=p1').waitFor()
    await page.getByText('2 行，还有更多').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出全部 CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('list.csv')
    const text = readFileSync(await download.path(), 'utf8')
    expect(text.split('\r\n').map((line) => line.split(',')[0])).toEqual([
      '\u{FEFF}名称',
      "'=p1",
      "'=p2",
      "'=q1",
      "'=q2",
      '',
    ])
    expect(text).toContain('"a,""b"""')
    await page.getByRole('button', { name: '继续加载' }).click()
    await row('=q2').waitFor()
    await page.getByText('4 行', { exact: true }).waitFor()
  })

  it('opens a row, comes back to the list as it was, and shows figures with their numbers', async () => {
    const { page } = tab
    await go(desk.kit, 'list')
    await page.getByLabel('名称').fill('abc')
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByRole('link', { name: '=p2' }).click()
    await page.getByText('1,234').waitFor()
    expect(page.url()).toContain('#operations/show%3Fid%3Dp2')
    expect(await page.getByText('没有的').count()).toBe(0)
    expect(await page.locator('.counts tbody tr').allTextContents()).toEqual(['甲 2', 'B 1', 'ok 8'])
    expect(await page.getByRole('img', { name: '每天' }).locator('canvas').count()).toBe(1)
    await page.goBack()
    await row('=p1').waitFor()
    expect(await page.getByLabel('名称').inputValue()).toBe('abc')
  })

  it('opens sealed values by the keys of this machine, until the dialog closes', async () => {
    const { page } = tab
    await go(desk.kit, 'list')
    await page.getByRole('checkbox', { name: '选中全部' }).check()
    await page.getByRole('button', { name: '打开…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('原因').fill('客服核对')
    await dialog.getByRole('button', { name: '打开 2 个' }).click()
    await dialog.getByText('the opened text').waitFor()
    await dialog.getByText('内容：在这台电脑上打不开').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.run-dialog').waitFor({ state: 'detached' })
    expect(await page.getByText('the opened text').count()).toBe(0)
    const { calls } = await desk.kit.control.get('calls')
    expect(JSON.stringify(calls)).not.toContain('the opened text')
  })

  it('goes on after a refusal of one, and says which', async () => {
    const { page } = tab
    await go(desk.kit, 'list')
    await page.getByRole('checkbox', { name: '选中全部' }).check()
    await page.getByRole('button', { name: '删除…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('删除 2 个？').waitFor()
    await dialog.getByRole('button', { name: '删除 2 个' }).click()
    await dialog.getByText('完成 1 个，未完成 1 个').waitFor()
    await dialog.locator('li', { hasText: 'p2' }).getByText('已锁定 · LOCKED').waitFor()
    await dialog.getByRole('button', { name: '再试 1 个' }).waitFor()
  })

  it('takes no more subjects than an operation allows', async () => {
    const { page } = tab
    await go(desk.kit, 'list')
    await page.getByRole('button', { name: '继续加载' }).click()
    await row('=q2').waitFor()
    await page.getByRole('checkbox', { name: '选中全部' }).check()
    await page.getByText('已选 4 个').waitFor()
    expect(await page.getByRole('button', { name: '打开…' }).isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: '删除…' }).isDisabled()).toBe(false)
  })

  it('runs nothing that changes something by its address alone', async () => {
    const { page } = tab
    await go(desk.kit, 'remove%3Fid%3Dp1')
    const field = page.getByLabel('编号')
    await field.waitFor()
    expect(await field.inputValue()).toBe('p1')
    const { calls } = await desk.kit.control.get('calls?limit=1')
    expect(JSON.stringify(calls[0]?.event)).not.toContain('"remove","id":"p1"')
    await page.getByRole('button', { name: '删除', exact: true }).click()
    await page.locator('.result pre').waitFor()
    await expect
      .poll(async () => (await desk.kit.control.get('calls?limit=1')).calls[0]?.event)
      .toMatchObject({ action: 'remove', id: 'p1' })
  })
})
