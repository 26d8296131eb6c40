import type { AppUser, Device } from './app-user.ts'

/** Somebody of the example data, and how they use the app. */
export interface ExamplePerson {
  nickname: string
  /** The day of their first login, from 0 on. */
  since: number
  /** The first is that of the first login. */
  devices: readonly Device[]
  /** They come back each so many days. */
  everyDays: number
  cities: readonly string[]
  hasPicture?: true
}

/** Somebody in a cloud, and where they stand. */
export interface Person extends ExamplePerson {
  index: number
  user: AppUser
  /** Nobody uses a closed or disabled account. */
  isGone: boolean
}

/** Everybody has come by then. */
export const EXAMPLE_DAYS = 21

const IPHONE = { model: 'iPhone 15', platform: 'ios' }
const XIAOMI = { model: 'Xiaomi 14', platform: 'android' }
const HUAWEI = { model: 'HUAWEI Mate 60', platform: 'android' }
const MACBOOK = { model: 'MacBook Pro', platform: 'mac' }
const IPAD = { model: 'iPad Air', platform: 'ios' }

const TWELVE: readonly ExamplePerson[] = [
  {
    nickname: '小满',
    since: 0,
    devices: [IPHONE, MACBOOK, IPAD],
    everyDays: 2,
    cities: ['大理', '成都', '厦门', '敦煌'],
    hasPicture: true,
  },
  { nickname: '阿青', since: 0, devices: [XIAOMI, MACBOOK], everyDays: 3, cities: ['西安', '丽江'] },
  { nickname: '山月', since: 1, devices: [HUAWEI], everyDays: 4, cities: ['桂林'] },
  {
    nickname: 'Lin',
    since: 2,
    devices: [IPHONE, IPAD],
    everyDays: 3,
    cities: ['青岛', '厦门'],
    hasPicture: true,
  },
  { nickname: '橘子汽水', since: 4, devices: [XIAOMI], everyDays: 5, cities: ['成都'] },
  { nickname: '老周', since: 5, devices: [HUAWEI, XIAOMI], everyDays: 4, cities: ['敦煌', '西安'] },
  { nickname: '', since: 7, devices: [IPHONE], everyDays: 9, cities: [] },
  { nickname: '云上', since: 8, devices: [XIAOMI, IPAD], everyDays: 3, cities: ['丽江', '大理'] },
  { nickname: '南风', since: 10, devices: [IPHONE], everyDays: 4, cities: ['桂林', '青岛'] },
  { nickname: '', since: 12, devices: [HUAWEI], everyDays: 6, cities: ['大理'] },
  { nickname: '半夏', since: 14, devices: [IPHONE, MACBOOK], everyDays: 3, cities: ['厦门', '成都'] },
  { nickname: '北北', since: 17, devices: [XIAOMI], everyDays: 2, cities: ['西安'] },
]

/** Of those after the twelve. Some keep the nickname that the app gives. */
const MORE_NICKNAMES = (
  '青禾,,阿树,Momo,江湖一叶,陈陈,,听雨,大白,山风,木子,Coco,路人甲,,七月,小林,' +
  '远山,阿宁,,豆豆,初一,Sunny,老王,一苇,,月牙,千里,南一'
).split(',')

/** By nickname: what happens to three of them, on which day. */
export const EVENTS = {
  /** An administrator disables the account. */
  disabled: { nickname: '橘子汽水', day: 15 },
  /** Comes back with another WeChat account, to which an administrator moves everything. */
  moved: { nickname: '老周', day: 16 },
  /** Closes the account. */
  closed: { nickname: '山月', day: 18 },
} as const

/** The same people each time, the first twelve in full. @param number of people, 6 or more */
export function examplePeople(number: number): ExamplePerson[] {
  return Array.from({ length: number }, (_, index) => personAt(index))
}

/** Later people have the ways of the twelve, mixed. */
function personAt(index: number): ExamplePerson {
  const round = Math.floor(index / TWELVE.length)
  const like = (shift: number) => TWELVE[(index + shift * round) % TWELVE.length] as ExamplePerson
  if (round === 0) return like(0)
  const { since, everyDays, hasPicture } = like(0)
  return {
    nickname: MORE_NICKNAMES[(index - TWELVE.length) % MORE_NICKNAMES.length] ?? '',
    since: (since + 5 * round) % EXAMPLE_DAYS,
    devices: like(5).devices,
    everyDays,
    cities: like(7).cities,
    ...(hasPicture ? { hasPicture } : {}),
  }
}
