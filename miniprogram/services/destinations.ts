import { inLanguage } from '../auth/index'

export interface Destination {
  city: string
  intro: string
  /** What it is good for. */
  tags: readonly string[]
  /** A good length of a visit. */
  days: number
}

const TAGS = inLanguage(
  {
    beach: '海边度假',
    families: '亲子出游',
    food: '地道美食',
    hiking: '户外徒步',
    history: '历史古迹',
    lakes: '湖光山色',
    oldTowns: '古城漫步',
    slowLife: '城市慢生活',
    snow: '雪山冰川',
  },
  {
    beach: 'the beach',
    families: 'families',
    food: 'local food',
    hiking: 'hiking',
    history: 'history',
    lakes: 'lakes and hills',
    oldTowns: 'old towns',
    slowLife: 'slow city life',
    snow: 'snow and ice',
  },
)

const INTROS = inLanguage(
  {
    大理: '苍山洱海之间，骑行、看云、住进白族院子',
    成都: '熊猫、茶馆和一顿接一顿的好吃的',
    厦门: '环岛路、鼓浪屿和海风里的骑楼',
    西安: '城墙骑行、兵马俑和回民街的夜',
    杭州: '西湖、龙井村和运河边的老街',
    苏州: '园林、评弹和平江路的水巷',
    丽江: '雪山脚下的古城，傍晚听一曲纳西古乐',
    桂林: '漓江竹筏、阳朔山间的稻田和峰林',
    三亚: '热带海湾，冲浪、浮潜或什么都不做',
    青岛: '红瓦绿树、栈桥和一杯刚打的啤酒',
    敦煌: '莫高窟的壁画和鸣沙山的落日',
    哈尔滨: '冰雪大世界、中央大街和热乎的红肠',
  },
  {
    大理: 'Dali: cycle between mountains and lake, watch clouds, stay in a Bai courtyard',
    成都: 'Chengdu: pandas, tea houses and one good meal after another',
    厦门: 'Xiamen: the island road, Gulangyu and arcades in the sea breeze',
    西安: 'Xi’an: cycle on the city wall, the Terracotta Army and night markets',
    杭州: 'Hangzhou: West Lake, Longjing tea and old streets by the canal',
    苏州: 'Suzhou: gardens, storytelling and the canals of Pingjiang Road',
    丽江: 'Lijiang: an old town below snow mountains, with Naxi music at dusk',
    桂林: 'Guilin: rafts on the Li, rice fields and karst peaks of Yangshuo',
    三亚: 'Sanya: tropical bays to surf, snorkel or do nothing at all',
    青岛: 'Qingdao: red roofs, green trees, the pier and a fresh beer',
    敦煌: 'Dunhuang: the Mogao murals and sunset on the singing sands',
    哈尔滨: 'Harbin: the Ice and Snow World, Central Street and hot sausages',
  },
)

/** What the example knows of places. An app of your own asks its own function. */
export const DESTINATIONS: readonly Destination[] = [
  { city: '大理', intro: INTROS.大理, tags: [TAGS.oldTowns, TAGS.lakes], days: 4 },
  { city: '成都', intro: INTROS.成都, tags: [TAGS.food, TAGS.slowLife], days: 4 },
  { city: '厦门', intro: INTROS.厦门, tags: [TAGS.beach, TAGS.slowLife], days: 3 },
  { city: '西安', intro: INTROS.西安, tags: [TAGS.history, TAGS.food], days: 4 },
  { city: '杭州', intro: INTROS.杭州, tags: [TAGS.lakes, TAGS.slowLife], days: 3 },
  { city: '苏州', intro: INTROS.苏州, tags: [TAGS.oldTowns, TAGS.history], days: 2 },
  { city: '丽江', intro: INTROS.丽江, tags: [TAGS.oldTowns, TAGS.snow], days: 4 },
  { city: '桂林', intro: INTROS.桂林, tags: [TAGS.lakes, TAGS.hiking], days: 4 },
  { city: '三亚', intro: INTROS.三亚, tags: [TAGS.beach, TAGS.families], days: 5 },
  { city: '青岛', intro: INTROS.青岛, tags: [TAGS.beach, TAGS.food], days: 3 },
  { city: '敦煌', intro: INTROS.敦煌, tags: [TAGS.history, TAGS.hiking], days: 3 },
  { city: '哈尔滨', intro: INTROS.哈尔滨, tags: [TAGS.snow, TAGS.families], days: 4 },
]

export function destinationOf(city: string): Destination | undefined {
  return DESTINATIONS.find((destination) => destination.city === city)
}
