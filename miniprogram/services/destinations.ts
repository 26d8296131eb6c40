import { TEXTS } from '../texts'

export interface Destination {
  city: string
  intro: string
  /** What it is good for. */
  tags: readonly string[]
  /** A good length of a visit. */
  days: number
}

const { tags: TAGS, intros: INTROS } = TEXTS.destinations

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
