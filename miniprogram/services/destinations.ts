export interface Destination {
  city: string
  intro: string
  /** What it is good for. */
  tags: readonly string[]
  /** A good length of a visit. */
  days: number
}

/** What the example knows of places. An app of your own asks its own function. */
export const DESTINATIONS: readonly Destination[] = [
  { city: '大理', intro: '苍山洱海之间，骑行、看云、住进白族院子', tags: ['古城漫步', '湖光山色'], days: 4 },
  { city: '成都', intro: '熊猫、茶馆和一顿接一顿的好吃的', tags: ['地道美食', '城市慢生活'], days: 4 },
  { city: '厦门', intro: '环岛路、鼓浪屿和海风里的骑楼', tags: ['海边度假', '城市慢生活'], days: 3 },
  { city: '西安', intro: '城墙骑行、兵马俑和回民街的夜', tags: ['历史古迹', '地道美食'], days: 4 },
  { city: '杭州', intro: '西湖、龙井村和运河边的老街', tags: ['湖光山色', '城市慢生活'], days: 3 },
  { city: '苏州', intro: '园林、评弹和平江路的水巷', tags: ['古城漫步', '历史古迹'], days: 2 },
  { city: '丽江', intro: '雪山脚下的古城，傍晚听一曲纳西古乐', tags: ['古城漫步', '雪山冰川'], days: 4 },
  { city: '桂林', intro: '漓江竹筏、阳朔山间的稻田和峰林', tags: ['湖光山色', '户外徒步'], days: 4 },
  { city: '三亚', intro: '热带海湾，冲浪、浮潜或什么都不做', tags: ['海边度假', '亲子出游'], days: 5 },
  { city: '青岛', intro: '红瓦绿树、栈桥和一杯刚打的啤酒', tags: ['海边度假', '地道美食'], days: 3 },
  { city: '敦煌', intro: '莫高窟的壁画和鸣沙山的落日', tags: ['历史古迹', '户外徒步'], days: 3 },
  { city: '哈尔滨', intro: '冰雪大世界、中央大街和热乎的红肠', tags: ['雪山冰川', '亲子出游'], days: 4 },
]

export function destinationOf(city: string): Destination | undefined {
  return DESTINATIONS.find((destination) => destination.city === city)
}
