/** Names, places and devices of the people who use the app in {@link useForAWhile}. */

export const NICKNAMES = ['小满', '阿青', '', '山月', 'Lin', '橘子汽水', '老周', '', '云上', '南风']
export const CITIES = ['大理', '成都', '厦门', '西安', '丽江', '青岛', '桂林', '敦煌']
export const DEVICES = [
  { model: 'iPhone 15', platform: 'ios' },
  { model: 'Xiaomi 14', platform: 'android' },
  { model: 'HUAWEI Mate 60', platform: 'android' },
]

/** A PNG, two pixels wide, one high. */
export const PICTURE = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAC0lEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC',
    'base64',
  ),
)
