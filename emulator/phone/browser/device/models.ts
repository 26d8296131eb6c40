/** A kind of phone. Lengths are CSS pixels. */
export interface Model {
  name: string
  brand: string
  platform: 'ios' | 'android'
  system: string
  width: number
  height: number
  pixelRatio: number
  statusBarHeight: number
  /** Of the screen's rounded corners. */
  cornerRadius: number
  /** Height at the bottom that the home indicator covers. */
  safeAreaBottom: number
}

const MODELS: readonly [Model, ...Model[]] = [
  {
    name: 'iPhone 15',
    brand: 'iPhone',
    platform: 'ios',
    system: 'iOS 17.4',
    width: 393,
    height: 852,
    pixelRatio: 3,
    statusBarHeight: 54,
    cornerRadius: 42,
    safeAreaBottom: 34,
  },
  {
    name: 'iPhone SE',
    brand: 'iPhone',
    platform: 'ios',
    system: 'iOS 15.8',
    width: 375,
    height: 667,
    pixelRatio: 2,
    statusBarHeight: 20,
    cornerRadius: 4,
    safeAreaBottom: 0,
  },
  {
    name: 'iPhone 15 Plus',
    brand: 'iPhone',
    platform: 'ios',
    system: 'iOS 17.4',
    width: 430,
    height: 932,
    pixelRatio: 3,
    statusBarHeight: 54,
    cornerRadius: 42,
    safeAreaBottom: 34,
  },
  {
    name: 'iPhone 5s',
    brand: 'iPhone',
    platform: 'ios',
    system: 'iOS 12.5',
    width: 320,
    height: 568,
    pixelRatio: 2,
    statusBarHeight: 20,
    cornerRadius: 4,
    safeAreaBottom: 0,
  },
  {
    name: 'Xiaomi 14',
    brand: 'Xiaomi',
    platform: 'android',
    system: 'Android 14',
    width: 393,
    height: 873,
    pixelRatio: 2.75,
    statusBarHeight: 36,
    cornerRadius: 34,
    safeAreaBottom: 0,
  },
  {
    name: 'HUAWEI nova',
    brand: 'HUAWEI',
    platform: 'android',
    system: 'Android 10',
    width: 360,
    height: 640,
    pixelRatio: 2,
    statusBarHeight: 24,
    cornerRadius: 8,
    safeAreaBottom: 0,
  },
]

export function findModel(name: string | null): Model {
  return MODELS.find((model) => model.name === name) ?? MODELS[0]
}
