import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPages } from '../../server/pages.ts'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { NO_PHONE } from '../../testing/no-phone.ts'
import { usePage } from '../../testing/use-page.ts'
import { buildConsole } from '../build.ts'

const tab = usePage()
let kit: FixtureCloud

beforeAll(async () => {
  const console = await buildConsole()
  const pages = createPages({ console: () => console, phone: () => NO_PHONE })
  kit = await FixtureCloud.start({ pages }, ['notes'])
}, 180_000)
afterAll(() => kit.stop())

beforeEach(async () => {
  await tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}#calls`)
  await tab.page.getByText('云端测试与定时触发').click()
})

const choose = (name: string) => tab.page.getByRole('combobox', { name: '云函数' }).selectOption(name)
const run = () => tab.page.getByRole('button', { name: '运行测试' }).click()
const write = (event: string) => tab.page.getByLabel('测试参数').fill(event)
const end = () => tab.page.locator('.test-call [role=status]')

it('calls a function as the console does, without a person, and shows answer and log', async () => {
  await choose('probe')
  await write('{"do":"context"}')
  await run()
  await end().getByText('回答 result').waitFor()
  await write('{"do":"log"}')
  await run()
  await end().getByText('[error] three').waitFor()
  expect(await kit.lastCall()).toMatchObject({
    functionName: 'probe',
    source: 'console',
    event: { do: 'log' },
  })
})

it('shows what a failed call says, with its log', async () => {
  await choose('probe')
  await write('{"do":"throw"}')
  await run()
  await end().getByText('-504002').first().waitFor()
  await end().getByText('日志 logs').waitFor()
})

it('fires the timer of a function that has one', async () => {
  await choose('hanging')
  expect(await tab.page.getByRole('button', { name: '立即定时触发' }).count()).toBe(0)
  await choose('probe')
  await tab.page.getByRole('button', { name: '立即定时触发 hourly' }).click()
  await end().getByText('"TriggerName": "hourly"').waitFor()
  expect(await kit.lastCall()).toMatchObject({ source: 'wx_trigger' })
})

it('says so when the parameters are no JSON, and calls nothing', async () => {
  await kit.control.delete('calls')
  await choose('probe')
  await write('{do}')
  await run()
  await tab.page.getByRole('alert').getByText('测试参数不是 JSON').waitFor()
  await expect(kit.lastCall()).rejects.toThrow('no call yet')
})

it('keeps the input written for each function', async () => {
  await choose('probe')
  await write('{"do":"log"}')
  await choose('hanging')
  expect(await tab.page.getByLabel('测试参数').inputValue()).toBe('{}')
  await choose('probe')
  expect(await tab.page.getByLabel('测试参数').inputValue()).toBe('{"do":"log"}')
})

describe('the call log', () => {
  const open = async (address: string) => {
    await tab.page.goto('about:blank')
    await tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}${address}`)
  }
  const rows = () => tab.page.locator('.calls-table tbody tr')
  const detail = () => tab.page.getByRole('article', { name: 'probe 的调用' })

  it('is filtered by function, person, outcome and text, and forgets nothing of that on a reload', async () => {
    await kit.control.delete('calls')
    for (const openid of ['oAlice', 'oBob']) {
      await kit.invoke('probe', openid, { do: 'log', action: `of ${openid}` })
      await kit.invoke('probe', openid, { do: 'throw' })
    }
    await kit.invoke('probe', undefined, { do: 'log', note: 'needle' })
    await open('#calls')
    await expect.poll(() => rows().count()).toBe(5)
    await tab.page.getByLabel('按微信账号筛选').selectOption('oBob')
    await expect.poll(() => rows().count()).toBe(2)
    await tab.page.getByLabel('按结果筛选').selectOption('-504002')
    await expect.poll(() => rows().count()).toBe(1)
    await tab.page.reload()
    await expect.poll(() => rows().count()).toBe(1)
    await tab.page.getByRole('button', { name: '清除筛选' }).click()
    await tab.page.locator('main').focus()
    await tab.page.keyboard.press('/')
    await tab.page.keyboard.type('Needle')
    await expect.poll(() => rows().count()).toBe(1)
    await rows().getByText('云端测试').waitFor()
  })

  it('opens a call by its address, with its course in time, and goes on to the next by key', async () => {
    await kit.control.delete('calls')
    await kit.invoke('probe', 'oAlice', { do: 'oneByOne', count: 2 })
    const { requestId } = await kit.lastCall()
    await kit.invoke('probe', 'oAlice', { do: 'log' })
    await open(`#calls/${requestId}`)
    const requests = detail().locator('.timeline li', { hasText: 'database.' })
    await expect.poll(() => requests.count()).toBe(2)
    await requests.nth(1).getByText('在第 1 层的回答之后才发出').waitFor({ state: 'attached' })
    await detail().getByText('请求 2 个，先后 2 轮').waitFor()
    await tab.page.keyboard.press('k')
    await detail().getByText('[error] three').waitFor()
    await detail().getByRole('link', { name: '关闭调用详情' }).click()
    await detail().waitFor({ state: 'detached' })
  })

  it('begins with the error, which is shown once', async () => {
    await kit.invoke('probe', 'oAlice', { do: 'throw' })
    const { requestId } = await kit.lastCall()
    await open(`#calls/${requestId}`)
    await detail().locator('.thrown').waitFor()
    expect(await detail().locator('.thrown').count()).toBe(1)
    const topOf = async (selector: string) => (await detail().locator(selector).boundingBox())?.y ?? 0
    expect(await topOf('.thrown')).toBeLessThan(await topOf('.timeline'))
  })

  it('runs a call again and copies it as a test, without its secrets', async () => {
    await tab.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await kit.invoke('probe', 'oAlice', { do: 'see', token: 'secret-of-alice', phoneCode: 'paid-code' })
    const { requestId } = await kit.lastCall()
    await open(`#calls/${requestId}`)
    await detail().getByRole('button', { name: '复制为测试' }).click()
    await detail().getByText('已复制，但这个测试还不能通过').or(detail().getByText('运行通过')).waitFor()
    const text = await tab.page.evaluate<string>('navigator.clipboard.readText()')
    expect(text).toContain("await cloud.call('probe', {")
    expect(text).toContain("project = await startProject('.')")
    await detail().getByRole('button', { name: '再运行一次' }).click()
    await expect.poll(() => tab.page.url()).not.toContain(requestId)
    expect(await kit.lastCall()).toMatchObject({ openid: 'oAlice', event: { do: 'see', token: '••••••' } })
    expect(text + (await tab.page.content())).not.toMatch(/secret-of-alice|paid-code/)
  })

  it('draws a hundred of a thousand calls, and only the rows that change', async () => {
    await kit.control.delete('calls')
    for (let round = 0; round < 11; round++) {
      await Promise.all(Array.from({ length: 10 }, () => kit.invoke('probe', 'oAlice', { do: 'context' })))
    }
    await open('#calls')
    await tab.page.getByText('110 次调用').waitFor()
    expect(await rows().count()).toBe(100)
    await tab.page.evaluate(`
      window.drawn = 0
      new MutationObserver((changes) => { window.drawn += changes.length })
        .observe(document.querySelector('.calls-table tbody'), { childList: true, subtree: true, characterData: true, attributes: true })
    `)
    await kit.invoke('probe', 'oBob', { do: 'context' })
    await rows().getByText('oBob').waitFor()
    expect(await tab.page.evaluate('window.drawn')).toBeLessThan(20)
    await tab.page.getByRole('button', { name: '较早的' }).click()
    await expect.poll(() => rows().count()).toBe(11)
  }, 60_000)
})

it('begins with the database in a project without the table of users', async () => {
  await tab.page.goto(new URL('/', kit.cloud.controlUrl).href)
  await tab.page.getByRole('region', { name: '数据库' }).waitFor()
  expect(await tab.page.getByRole('link', { name: '用户', exact: true }).count()).toBe(0)
})
