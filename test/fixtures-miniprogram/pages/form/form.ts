const CITIES = [
  ['大理', '丽江'],
  ['成都', '乐山'],
]

Page({
  data: {
    log: '',
    nickname: '',
    meals: ['早餐', '夜宵'],
    seasons: ['春', '夏', '秋'],
    season: 0,
    date: '',
    time: '',
    places: [['云南', '四川'], CITIES[0]],
    place: [0, 0],
  },
  say(text: unknown) {
    this.setData({ log: typeof text === 'string' ? text : JSON.stringify(text) })
  },
  onInput({ detail }: { detail: unknown }) {
    this.say(detail)
  },
  onConfirm({ detail }: { detail: { value: string } }) {
    this.say(`确认 ${detail.value}`)
  },
  onChange({ detail }: { detail: { value: unknown } }) {
    this.say({ value: detail.value })
  },
  onSeason({ detail }: { detail: { value: string } }) {
    this.setData({ season: Number(detail.value) })
  },
  onDate({ detail }: { detail: { value: string } }) {
    this.setData({ date: detail.value })
  },
  onTime({ detail }: { detail: { value: string } }) {
    this.setData({ time: detail.value })
  },
  onColumn({ detail }: { detail: { column: number; value: number } }) {
    if (detail.column === 0) this.setData({ 'places[1]': CITIES[detail.value] })
  },
  onPlace({ detail }: { detail: { value: number[] } }) {
    this.setData({ place: detail.value })
  },
  onSubmit({ detail }: { detail: { value: unknown } }) {
    this.say(detail.value)
  },
  onReset() {
    this.say('已重置')
  },
  onDisabled() {
    this.say('不该点到')
  },
})
