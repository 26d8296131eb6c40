import type { Device } from './app-user.ts'

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

const IPHONE = { model: 'iPhone 15', platform: 'ios' }
const XIAOMI = { model: 'Xiaomi 14', platform: 'android' }
const HUAWEI = { model: 'HUAWEI Mate 60', platform: 'android' }
const MACBOOK = { model: 'MacBook Pro', platform: 'mac' }
const IPAD = { model: 'iPad Air', platform: 'ios' }

export const PEOPLE: readonly ExamplePerson[] = [
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

/** By nickname: what happens to three of them, on which day. */
export const EVENTS = {
  /** An administrator disables the account. */
  disabled: { nickname: '橘子汽水', day: 15 },
  /** Comes back with another WeChat account, to which an administrator moves everything. */
  moved: { nickname: '老周', day: 16 },
  /** Closes the account. */
  closed: { nickname: '山月', day: 18 },
} as const
