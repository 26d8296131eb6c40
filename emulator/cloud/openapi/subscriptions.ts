import type { Database } from 'lmdb'
import type { SentMessage } from '../../control/interface.ts'
import type { Clock } from '../clock.ts'
import type { EventBus } from '../event-bus.ts'
import type { Key, Store } from '../store.ts'
import type { OpenApiHandler } from './openapi.ts'

const KEPT_MESSAGES = 200

/** One-time subscription messages: each acceptance on the phone lets the mini-program send one. */
export class Subscriptions {
  readonly #accepted: Database<number, Key>
  readonly #messages: Database<SentMessage, Key>
  readonly #store: Store
  readonly #clock: Clock
  readonly #events: EventBus

  constructor(store: Store, clock: Clock, events: EventBus) {
    this.#accepted = store.table('subscriptions')
    this.#messages = store.table('subscriptionMessages')
    this.#store = store
    this.#clock = clock
    this.#events = events
  }

  /** The user taps 允许: one more message of each template. */
  accept(openid: string, templateIds: readonly string[]): void {
    this.#store.write(() => {
      for (const templateId of templateIds) {
        const key = [openid, templateId]
        this.#accepted.putSync(key, (this.#accepted.get(key) ?? 0) + 1)
      }
    })
  }

  /** @returns whether the user had accepted one, which is used up */
  send(message: Omit<SentMessage, 'sentAt'>): boolean {
    const key = [message.openid, message.templateId]
    const left = this.#accepted.get(key) ?? 0
    if (left === 0) return false
    this.#store.write(() => {
      this.#accepted.putSync(key, left - 1)
      const keys = [...this.#messages.getKeys()]
      for (const old of keys.slice(0, Math.max(keys.length - KEPT_MESSAGES + 1, 0)))
        this.#messages.removeSync(old)
      const number = Number(keys.at(-1) ?? 0) + 1
      this.#messages.putSync(number, { ...message, sentAt: this.#clock.now() })
    })
    this.#events.emit('messages')
    return true
  }

  /** The latest first. */
  list(): SentMessage[] {
    return [...this.#messages.getRange({ reverse: true })].map(({ value }) => value)
  }

  clear(): void {
    this.#store.write(() => {
      this.#accepted.clearSync()
      this.#messages.clearSync()
    })
  }
}

/** `subscribeMessage.send`. The SDK sends its parameters in camel case or as WeChat's HTTP interface names them. */
export function sendSubscribeMessage(subscriptions: Subscriptions): OpenApiHandler {
  return (parameters) => {
    const { touser, data, page = '' } = parameters
    const templateId = parameters['templateId'] ?? parameters['template_id']
    if (typeof touser !== 'string' || touser === '') return { errcode: 40003, errmsg: 'invalid openid' }
    if (typeof templateId !== 'string' || templateId === '') {
      return { errcode: 40037, errmsg: 'invalid template_id' }
    }
    if (typeof data !== 'object' || data === null) return { errcode: 47003, errmsg: 'argument invalid!' }
    const fields = Object.entries(data).map(([name, field]) => [name, textOf(field)])
    const wrong = fields.find(([, text]) => text === '')
    if (wrong) return { errcode: 47003, errmsg: `argument invalid! data.${wrong[0]}.value is empty` }
    const message = { openid: touser, templateId, page: String(page), fields: Object.fromEntries(fields) }
    if (subscriptions.send(message)) return { errcode: 0, errmsg: 'ok' }
    return { errcode: 43101, errmsg: 'user refuse to accept the msg' }
  }
}

function textOf(field: unknown): string {
  const value = typeof field === 'object' && field !== null ? (field as { value?: unknown }).value : field
  return String(value ?? '')
}
