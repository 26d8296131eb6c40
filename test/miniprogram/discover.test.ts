import { describe, expect, it } from 'vitest'
import { recommend } from '../../miniprogram/services/recommendation-rules.ts'
import { useProject } from '../support/use-project.ts'
import { CITY, logInAtHome } from './log-in.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()
const PAGE = 'pages/discover/discover'

describe('为你推荐', () => {
  it('explains each destination by the person’s own trips and favourites', async () => {
    const { phone } = app.project
    await logInAtHome(phone)
    await phone.type('.city', '厦门')
    await phone.tap('.heart')
    await phone.open(PAGE)
    await phone.see('因为你收藏了厦门')
    const isShown = async (city: string, reason: string) =>
      (await phone.count(new RegExp(`^${city}.*${reason}$`))) === 1
    expect(await isShown('三亚', '因为你收藏了厦门：同样适合海边度假')).toBe(true)
    expect(await isShown('苏州', `因为你保存了${CITY}的行程：同样适合古城漫步`)).toBe(true)
    for (const known of [CITY, '厦门']) expect(await phone.count(new RegExp(`^${known}$`))).toBe(0)
  })

  it('shows why there is nothing, and loads it again', async () => {
    const { phone } = app.project
    await logInAtHome(phone)
    await phone.goOffline()
    await phone.open(PAGE)
    await phone.see(ERROR_TEXTS.OFFLINE)
    await phone.goOnline()
    await phone.tap('.notice >>> .action')
    expect(await phone.count('.item')).toBe(6)
  })

  it('shows nothing without a login', async () => {
    const { phone, cloud } = app.project
    await phone.open(PAGE)
    await phone.see(TEXTS.discover.needLogin)
    expect(await cloud.logs()).toEqual([])
  })
})

describe('the rules', () => {
  it('put a favourite before a trip, and name the one that counts most', () => {
    const [first] = recommend({ favourites: ['丽江'], trips: ['成都'] })
    expect(first).toMatchObject({ city: '大理', reason: '因为你收藏了丽江：同样适合古城漫步' })
  })

  it('say 热门目的地 where nothing is in common, and show the usual ones', () => {
    const none = recommend({ favourites: [], trips: ['火星'] })
    expect(none.every(({ reason }) => reason.startsWith('热门目的地'))).toBe(true)
    expect(none).toHaveLength(6)
  })
})

describe('a destination', () => {
  it('is planned on the home page, and is marked there and here', async () => {
    const { phone } = app.project
    await logInAtHome(phone)
    await phone.open('pages/destination/destination?city=%E4%B8%89%E4%BA%9A')
    await phone.see('三亚')
    expect(await phone.picture('.heart >>> .picture')).toBe('/images/heart.svg')
    await phone.tap('.heart')
    expect(await phone.picture('.heart >>> .picture')).toBe('/images/heart-filled.svg')
    await phone.tap('.plan')
    expect(await phone.page()).toMatch(/^pages\/index\/index/)
    await phone.see(`5 ${TEXTS.home.daysUnit}`)
    expect(await phone.picture('.heart >>> .picture')).toBe('/images/heart-filled.svg')
    await phone.tap('.save')
    expect(await app.project.cloud.collection('trips').documents({ city: '三亚' })).toMatchObject([
      { days: 5 },
    ])
  })

  it('that nobody has described is shown by its name', async () => {
    const { phone } = app.project
    await phone.open('pages/destination/destination?city=%E7%81%AB%E6%98%9F')
    await phone.see('火星')
    await phone.see(TEXTS.destination.unknown)
  })
})
