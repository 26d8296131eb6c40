/** How a question is asked: by a button of WeChat's own, by an input, or by a plain button that runs an ask. */
export type Kind = 'quick' | 'realtime' | 'avatar' | 'nickname' | 'preload' | 'run'

export interface Question {
  name: string
  kind: Kind
  /** What the developer does, in Chinese. */
  todo: string
}

export interface Group {
  title: string
  /** What comes before the questions, in Chinese. */
  before: string
  questions: Question[]
}

const ask = (kind: Kind, name: string, todo: string): Question => ({ kind, name: `phone.${name}`, todo })

/** In the order in which they are asked: the first ones need a user who has not consented yet. */
export const GROUPS: readonly Group[] = [
  {
    title: '还没同意隐私指引 · before consent',
    before: '先在微信“最近使用”里删除本小程序，再打开',
    questions: [
      ask('run', 'privacy.setting-before', '直接点'),
      ask('quick', 'number.without-consent', '弹窗点“拒绝”'),
      ask('run', 'privacy.again-within-10-seconds', '拒绝后 10 秒内点'),
      ask('run', 'privacy.refused', '过 10 秒再点，弹窗点“拒绝”'),
      ask('run', 'privacy.listener', '过 10 秒再点，在本页的框里点“同意”'),
      ask('run', 'privacy.setting-after', '同意之后点'),
    ],
  },
  {
    title: '手机号 · phone number',
    before: '每次“允许”计一次用量',
    questions: [
      ask('quick', 'number.allowed', '点“允许”'),
      ask('quick', 'number.refused', '点“拒绝”'),
      ask('quick', 'number.cancelled', '点弹窗外面，或返回'),
      ask('realtime', 'number.realtime-allowed', '点“允许”'),
      ask('realtime', 'number.realtime-refused', '点“拒绝”'),
    ],
  },
  {
    title: '头像和昵称 · avatar and nickname',
    before: '',
    questions: [
      ask('avatar', 'avatar.chosen', '选微信头像'),
      ask('avatar', 'avatar.cancelled', '点“取消”；没有事件就点“没有反应”'),
      ask('nickname', 'nickname.chosen', '选微信昵称，再点“提交”'),
    ],
  },
  {
    title: '登录、随机数、存储 · login, random, storage',
    before: '',
    questions: [
      ask('run', 'login.code', '直接点'),
      ask('run', 'login.session', '直接点'),
      ask('run', 'random.sixteen-bytes', '直接点'),
      ask('run', 'random.no-bytes', '直接点'),
      ask('run', 'random.above-the-limit', '直接点'),
      ask('run', 'random.without-length', '直接点'),
      ask('run', 'storage.missing-key', '直接点'),
      ask('run', 'storage.types', '直接点'),
      ask('run', 'storage.limits', '直接点'),
      ask('run', 'storage.too-large', '直接点'),
      ask('run', 'storage.mark', '点了以后换一个微信号'),
      ask('run', 'storage.other-account', '换了微信号以后点'),
    ],
  },
  {
    title: '云开发和分包 · cloud and subpackage',
    before: '先开通云开发；在 DevTools 里填自己的 appid',
    questions: [
      ask('run', 'cloud.missing-function', '直接点'),
      ask('run', 'cloud.missing-collection', '直接点'),
      ask('run', 'cloud.other-environment', '直接点'),
      ask('run', 'cloud.upload', '直接点'),
      ask('run', 'cloud.overwrite', '直接点'),
      ask('run', 'cloud.bad-path', '直接点'),
      ask('run', 'cloud.missing-file', '直接点'),
      ask('run', 'cloud.delete', '最后点：删除上传的文件'),
      ask('preload', 'preload.subpackage', '直接点'),
    ],
  },
  {
    title: '飞行模式 · offline',
    before: '先打开飞行模式',
    questions: [
      ask('quick', 'number.offline', '直接点'),
      ask('run', 'offline.function', '直接点'),
      ask('run', 'offline.database', '直接点'),
      ask('run', 'offline.upload', '直接点'),
      ask('run', 'offline.address', '直接点'),
      ask('run', 'offline.login', '直接点'),
    ],
  },
]
