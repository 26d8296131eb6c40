import { type Answer, answerFile, answers, describe, forget, record } from '../../lib/answer'
import { CLOUD_ASKS } from '../../lib/cloud-asks'
import { DEVICE_ASKS } from '../../lib/device-asks'
import { schemeOf } from '../../lib/mask'
import { GROUPS } from '../../lib/questions'

/** As `wx.onNeedPrivacyAuthorization` calls its listener; the typings have another form. */
type Decide = (decision: { event: 'agree' | 'disagree'; buttonId?: string }) => void
type Listen = (listener: (decide: Decide, info: object) => void) => void

interface NamedEvent {
  type: string
  detail: Record<string, unknown>
  currentTarget: { dataset: { name?: string; kind?: string } }
}

const ASKS = { ...DEVICE_ASKS, ...CLOUD_ASKS }

Page({
  data: { groups: [] as object[], answered: 0, total: 0, text: '', asksConsent: false },

  onLoad() {
    this.show()
  },

  show() {
    const known = answers()
    const text = (name: string) => (known[name] === undefined ? '' : JSON.stringify(known[name]))
    const groups = GROUPS.map((group) => ({
      ...group,
      questions: group.questions.map((question) => ({ ...question, answer: text(question.name) })),
    }))
    const total = GROUPS.reduce((sum, { questions }) => sum + questions.length, 0)
    this.setData({ groups, total, answered: Object.keys(known).length })
  },

  write(name: string, answer: Answer) {
    record(name, answer)
    this.show()
  },

  /** A button of WeChat's has answered with an event. */
  onEvent({ type, detail, currentTarget }: NamedEvent) {
    this.write(currentTarget.dataset.name ?? '', { event: type, detail: describe(detail) })
  },

  onAvatar({ type, detail, currentTarget }: NamedEvent) {
    const address = String(detail['avatarUrl'] ?? '')
    const form = { scheme: schemeOf(address), extension: /\.(\w+)$/.exec(address)?.[1] ?? '' }
    this.write(currentTarget.dataset.name ?? '', { event: type, detail: describe(detail), address: form })
  },

  onNothing({ currentTarget }: NamedEvent) {
    this.write(currentTarget.dataset.name ?? '', { event: 'none' })
  },

  /** Events of the nickname's input, in their order, each once in a row. */
  fieldEvents: [] as { event: string; fields: string[] }[],

  onField({ type, detail }: NamedEvent) {
    if (this.fieldEvents[this.fieldEvents.length - 1]?.event === type) return
    this.fieldEvents.push({ event: type, fields: Object.keys(detail).sort() })
  },

  onNickname({ detail, currentTarget }: NamedEvent) {
    const { nickname } = (detail['value'] ?? {}) as { nickname?: unknown }
    const value = typeof nickname === 'string' && nickname !== '' ? 'a text' : 'nothing'
    this.write(currentTarget.dataset.name ?? '', { events: this.fieldEvents, submitted: value })
    this.fieldEvents = []
  },

  async onRun({ currentTarget }: NamedEvent) {
    const { name = '', kind = '' } = currentTarget.dataset
    if (kind === 'preload') return this.openSubpackage(name)
    const ask = ASKS[name]
    if (!ask) return
    if (name === 'phone.privacy.listener') this.listenForPrivacy()
    try {
      const answer = await ask()
      this.write(name, name === 'phone.privacy.listener' ? { prompt: this.prompt, outcome: answer } : answer)
    } catch (error) {
      this.write(name, { thrown: describe(error) })
    }
  },

  prompt: null as Answer,
  decide: undefined as Decide | undefined,

  listenForPrivacy() {
    const listen = wx.onNeedPrivacyAuthorization as unknown as Listen
    listen((decide, info) => {
      this.prompt = { arguments: typeof decide, info: describe(info) }
      this.decide = decide
      this.setData({ asksConsent: true })
    })
  },

  onAgree({ type, detail }: NamedEvent) {
    this.prompt = { asked: this.prompt, event: type, detail: describe(detail) }
    this.setData({ asksConsent: false })
    this.decide?.({ event: 'agree', buttonId: 'agree' })
  },

  onDisagree() {
    this.setData({ asksConsent: false })
    this.decide?.({ event: 'disagree' })
  },

  /** Whether a page of the preloaded subpackage opens, and which packages the measurement names. */
  openSubpackage(name: string) {
    const packages: string[] = []
    const observer = wx.getPerformance().createObserver((list) => {
      for (const entry of list.getEntries()) packages.push(entry.name)
    })
    observer.observe({ entryTypes: ['loadPackage'] })
    const finish = (opened: Answer) => {
      observer.disconnect()
      this.write(name, { opened, packages: [...new Set(packages)].sort() })
    }
    wx.navigateTo({
      url: '/later/pages/later/later',
      events: { opened: () => finish(true) },
      fail: (error) => finish(describe(error)),
    })
  },

  copy() {
    const text = answerFile()
    wx.setClipboardData({ data: text, fail: () => this.setData({ text }) })
  },

  forget() {
    forget()
    this.setData({ text: '' })
    this.show()
  },
})
