import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { CITY, logIn, logInAtHome } from './log-in.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()
const PAGE = 'pages/favourites/favourites'
const [EMPTY_HEART, FULL_HEART] = ['/images/heart.svg', '/images/heart-filled.svg']

const documents = () => app.project.cloud.collection('favourites').documents()
const heart = (phone: Phone) => phone.picture('.heart >>> .picture')

/** On the home page, logged in. */
async function atHome(): Promise<Phone> {
  const { phone } = app.project
  await logInAtHome(phone)
  return phone
}

/** On the home page, logged in, with a marked destination. */
async function marked(): Promise<Phone> {
  const phone = await atHome()
  await phone.tap('.heart')
  expect(await phone.toast()).toBe(TEXTS.favourites.marked)
  return phone
}

describe('the heart on the home page', () => {
  it('asks for a login, marks the destination after it, and takes the mark away again', async () => {
    const { phone } = app.project
    await phone.open()
    await phone.type('.city', CITY)
    await phone.tap('.heart')
    expect(await phone.page()).toBe('account/pages/login/login')
    await logIn(phone)
    expect(await phone.toast()).toBe(TEXTS.favourites.marked)
    expect(await documents()).toMatchObject([{ city: CITY }])
    expect(await heart(phone)).toBe(FULL_HEART)
    await phone.tap('.heart')
    expect(await documents()).toEqual([])
    expect(await heart(phone)).toBe(EMPTY_HEART)
  })

  it('marks a destination once though the answer was lost, and says why it is not marked', async () => {
    const phone = await atHome()
    const { faults } = app.project
    await faults.loseAnswer('favourites')
    await phone.tap('.heart')
    await phone.see(ERROR_TEXTS.OFFLINE)
    expect(await heart(phone)).toBe(EMPTY_HEART)
    await faults.clear()
    await phone.tap('.heart')
    expect(await documents()).toHaveLength(1)
  })

  it('belongs to the destination in the field, and needs one', async () => {
    const phone = await marked()
    await phone.type('.city', '成都')
    expect(await heart(phone)).toBe(EMPTY_HEART)
    await phone.type('.city', CITY)
    expect(await heart(phone)).toBe(FULL_HEART)
    await phone.type('.city', ' ')
    await phone.tap('.heart')
    await phone.see(TEXTS.home.cityMissing)
    await phone.type('.city', CITY)
    await phone.gone(TEXTS.home.cityMissing)
    expect(await documents()).toHaveLength(1)
  })

  it('shows no mark of another login', async () => {
    const phone = await marked()
    await phone.tap('.account')
    await phone.tap('.logout')
    await phone.tap(TEXTS.account.logoutConfirm)
    await phone.back()
    expect(await phone.page()).toBe('pages/index/index')
    expect(await heart(phone)).toBe(EMPTY_HEART)
  })
})

describe('我的收藏', () => {
  it('lists what is marked, opens it, and removes it, unless that is undone', async () => {
    const phone = await marked()
    await phone.open(PAGE)
    await phone.tap('.open')
    expect(await phone.page()).toMatch(/^pages\/destination\/destination/)
    expect(await phone.text()).toContain(CITY)
    await phone.open(PAGE)
    await phone.tap('.remove')
    await phone.see(TEXTS.favourites.empty)
    await phone.tap(TEXTS.undoBar.undo)
    await phone.see(CITY)
    await phone.tap('.remove')
    await phone.tap('.discover')
    expect(await documents()).toEqual([])
  })

  it('takes the mark away on the home page below, too', async () => {
    const phone = await marked()
    await phone.tap(TEXTS.favourites.title)
    expect(await phone.page()).toBe(PAGE)
    await phone.tap('.remove')
    await phone.back()
    expect(await heart(phone)).toBe(EMPTY_HEART)
  })

  it('removes a mark that another account of the person brought', async () => {
    const phone = await atHome()
    const { cloud, clock } = app.project
    const [user] = await cloud.collection('users').documents()
    const moved = {
      _id: 'u_old.key-of-then',
      userId: user?.['_id'],
      city: '三亚',
      createdAt: clock.now(),
    }
    await cloud.collection('favourites').put(moved)
    await phone.open('pages/destination/destination?city=%E4%B8%89%E4%BA%9A')
    await expect.poll(() => heart(phone)).toBe(FULL_HEART)
    await phone.tap('.heart')
    expect(await phone.toast()).toBe(TEXTS.favourites.unmarked)
    expect(await documents()).toEqual([])
  })

  it('shows nothing without a login', async () => {
    const { phone, cloud } = app.project
    await phone.open(PAGE)
    await phone.see(TEXTS.favourites.needLogin)
    expect(await cloud.logs()).toEqual([])
  })
})
