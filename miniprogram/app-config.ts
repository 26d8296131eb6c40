import type { AuthConfig } from './auth/config'

/** The one place to set this mini-program up. */
export const appConfig: AuthConfig = {
  cloudEnv: '',
  phoneRequired: true,
  realtimePhone: false,
  agreementVersion: '2026-11-28',
  appName: 'AI 旅行助手',
  slogan: '智能规划，精彩旅程',
  logo: '/images/logo.svg',
  homePage: '/pages/index/index',
  benefits: [
    { icon: '/images/heart.svg', text: '收藏目的地' },
    { icon: '/images/history.svg', text: '查看历史记录' },
    { icon: '/images/compass.svg', text: '个性化推荐' },
  ],
  defaultNickname: '旅行者',
  content: {
    name: '行程、收藏和浏览记录',
    links: [
      { name: 'trips', text: '我的行程', page: '/pages/trips/trips' },
      { name: 'favourites', text: '我的收藏', page: '/pages/favourites/favourites' },
      { name: 'history', text: '浏览记录', page: '/pages/history/history' },
    ],
    collections: { trips: '我的行程', favourites: '我的收藏', history: '浏览记录' },
    service: [
      '浏览、填写目的地与天数不需要登录。登录后，你可以保存行程、收藏目的地、查看浏览记录和推荐，并在更换手机后用同一个微信账号找回它们。',
      '行程内容仅供出行参考，不构成预订、担保或专业建议。出行前请自行核实签证、天气、交通和安全信息。',
    ],
    collected: [
      '保存行程时：目的地、天数和保存时间，用于在你需要时展示给你。',
      '收藏目的地时：目的地的名称和收藏时间，用于展示给你。',
      '登录后查看目的地时：目的地的名称和时间，作为浏览记录展示给你，你可以随时清空。',
      '推荐目的地时：只用你自己的行程和收藏，在你的手机上按固定规则得出，并说明原因；不收集更多信息，也不交给第三方。',
    ],
    deletion: '行程、收藏和浏览记录可以在各自的页面逐条删除，浏览记录也可以一次清空',
  },
  english: {
    appName: 'AI Travel Assistant',
    slogan: 'Plan well, travel far',
    benefits: [
      { icon: '/images/heart.svg', text: 'Save favourite places' },
      { icon: '/images/history.svg', text: 'See your history' },
      { icon: '/images/compass.svg', text: 'Get your own suggestions' },
    ],
    defaultNickname: 'Explorer',
    content: {
      name: 'trips, favourites and history',
      links: [
        { name: 'trips', text: 'My trips', page: '/pages/trips/trips' },
        { name: 'favourites', text: 'My favourites', page: '/pages/favourites/favourites' },
        { name: 'history', text: 'History', page: '/pages/history/history' },
      ],
      collections: { trips: 'My trips', favourites: 'My favourites', history: 'History' },
      service: [
        'You can browse and enter a destination and days without logging in. After you log in you can save trips, keep favourites, see your history and suggestions, and find them again with the same WeChat account on a new phone.',
        'Trips are for reference only. They are no booking, guarantee or professional advice. Check visas, weather, traffic and safety yourself before you travel.',
      ],
      collected: [
        'When you save a trip: the destination, the days and the time, to show them to you when you need them.',
        'When you mark a favourite: the name of the destination and the time, to show them to you.',
        'When you open a destination after logging in: its name and the time, shown to you as your history, which you can clear at any time.',
        'When destinations are suggested: only your own trips and favourites, by fixed rules on your phone, with the reason; nothing more is collected, and nothing goes to third parties.',
      ],
      deletion:
        'trips, favourites and history can be deleted one by one on their pages, and the history all at once',
    },
  },
}
