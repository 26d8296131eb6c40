import { h } from '../base/dom.ts'
import type { Device } from './device.ts'
import type { LogEntry } from './error-log.ts'
import { drawAppearance } from './panel-appearance.ts'
import { drawLaunch } from './panel-launch.ts'
import { drawCards } from './panel-launch-lists.ts'
import { drawMessages } from './panel-messages.ts'
import { drawNumber } from './panel-number.ts'
import { drawPlace } from './panel-place.ts'
import type { PhoneMode, TesterSettings } from './tester-settings.ts'

const PHONE_MODES: Readonly<Record<PhoneMode, string>> = {
  ask: '每次询问',
  allow: '总是允许',
  deny: '总是拒绝',
  'out-of-quota': '次数用完（1400001）',
  'no-permission': '没有权限（102）',
  'privacy-undeclared': '未声明隐私（112）',
  'privacy-banned': '隐私接口被封（1025）',
}

const DAY_SECONDS = 86_400
const CLOCK_MOVES: readonly (readonly [string, number])[] = [
  ['+10 分钟', 600],
  ['+1 天', DAY_SECONDS],
  ['+31 天', 31 * DAY_SECONDS],
]

/** The narrowest window that has room for a phone and a panel beside it. As in panel.css. */
const BESIDE = window.matchMedia('(min-width: 640px)')

/**
 * The tester's panel: settings that are hard to reach on a device, and the errors of the mini-program. Folded it is one
 * line under the phone. Open it is beside the phone; a page that frames the phone makes room for it.
 */
export function drawPanel(device: Device): HTMLElement {
  const { settings } = device
  const tools = h(
    'details',
    { open: settings.current.isPanelOpen ?? (window.frameElement === null && BESIDE.matches) },
    drawSummary(device),
    drawErrors(device),
    drawIdentity(device),
    drawNumber(device),
    drawSettings(device),
    drawAppearance(device.settings),
    drawLaunch(device),
    drawCards(device),
    drawMessages(device),
    drawPlace(device),
    drawClock(device),
    drawActions(device),
    drawStorage(device),
  )
  const tellFrame = () => window.frameElement?.setAttribute('data-panel', tools.open ? 'open' : 'folded')
  tellFrame()
  // The first event tells of the state that the panel has been drawn with.
  let isFirst = tools.open
  tools.addEventListener('toggle', () => {
    if (!isFirst) settings.change({ isPanelOpen: tools.open })
    if (tools.open && !isFirst && !BESIDE.matches && !window.frameElement) tools.scrollIntoView()
    isFirst = false
    tellFrame()
  })
  return h('aside', { class: 'panel', 'aria-label': '测试面板' }, tools)
}

/** The panel's title with the number of errors, visible while the panel is closed. */
function drawSummary({ errors }: Device): HTMLElement {
  const count = h('b')
  errors.onChange((entries) => {
    count.textContent = entries.length === 0 ? '' : `（${countEntries(entries)}）`
    count.classList.toggle(
      'has-errors',
      entries.some(({ kind }) => kind === 'error'),
    )
  })
  return h('summary', {}, '测试面板', count)
}

function drawIdentity({ identity, model }: Device): HTMLElement {
  return h(
    'p',
    { class: 'identity' },
    h('code', {}, identity.openid),
    ` · ${identity.device} · ${model.name}`,
  )
}

function drawSettings({ settings }: Device): HTMLElement {
  const toggle = (name: 'offline' | 'oldLibrary', text: string) => {
    const box = h('input', {
      type: 'checkbox',
      name,
      change: () => settings.change({ [name]: box.checked } as Partial<TesterSettings>),
    })
    box.checked = settings.current[name]
    settings.onChange((now) => {
      box.checked = now[name]
    })
    return h('label', {}, box, text)
  }
  const slow = h('input', {
    type: 'number',
    name: 'slow',
    min: 0,
    max: 60_000,
    step: 500,
    value: settings.current.slowMilliseconds,
    change: () => settings.change({ slowMilliseconds: Math.max(0, Number(slow.value) || 0) }),
  })
  settings.onChange((now) => {
    if (Number(slow.value) !== now.slowMilliseconds) slow.value = String(now.slowMilliseconds)
  })
  const phone = h('select', {
    name: 'phone',
    change: () => settings.change({ phone: phone.value as PhoneMode }),
  })
  for (const [mode, text] of Object.entries(PHONE_MODES)) phone.append(h('option', { value: mode }, text))
  phone.value = settings.current.phone
  return h(
    'fieldset',
    {},
    h('legend', {}, '环境'),
    toggle('offline', '断网'),
    h('label', {}, '云调用变慢', slow, '毫秒'),
    h('label', {}, '手机号授权', phone),
    toggle('oldLibrary', '旧基础库（2.20，无隐私接口、无 code）'),
  )
}

function drawClock({ clock }: Device): HTMLElement {
  const shown = h('output', {})
  const show = (offset: number) => {
    shown.textContent = offset === 0 ? '与本机一致' : `比本机快 ${describeDuration(offset)}`
  }
  show(clock.offsetMilliseconds)
  clock.onChange(show)
  return h(
    'fieldset',
    {},
    h('legend', {}, '时钟（手机和云）'),
    shown,
    h(
      'div',
      { class: 'buttons' },
      ...CLOCK_MOVES.map(([text, advanceSeconds]) =>
        h('button', { type: 'button', click: () => void clock.move({ advanceSeconds }) }, text),
      ),
      h('button', { type: 'button', click: () => void clock.move({ reset: true }) }, '复位'),
    ),
  )
}

function describeDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  const parts = [
    [Math.trunc(minutes / 1440), '天'],
    [Math.trunc((minutes % 1440) / 60), '小时'],
    [minutes % 60, '分钟'],
  ] as const
  return parts
    .filter(([count]) => count !== 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}

function drawActions(device: Device): HTMLElement {
  const button = (text: string, click: () => void) => h('button', { type: 'button', click }, text)
  return h(
    'fieldset',
    {},
    h('legend', {}, '小程序'),
    h(
      'div',
      { class: 'buttons' },
      button('重新启动', () => device.restart()),
      button('下拉刷新', () => device.refresh()),
      button('清除数据并重启', () => device.clear()),
    ),
  )
}

function drawStorage({ storage }: Device): HTMLElement {
  const text = h('pre', { tabindex: 0 })
  const show = () => {
    const entries = storage.keys().map((key) => `${key} = ${JSON.stringify(storage.read(key), null, 1)}`)
    text.textContent = entries.join('\n') || '（空）'
  }
  const view = h(
    'details',
    { toggle: show },
    h('summary', {}, '存储'),
    h('button', { type: 'button', click: show }, '刷新'),
    text,
  )
  return view
}

function drawErrors({ errors }: Device): HTMLElement {
  const section = h('section', { class: 'errors', 'aria-live': 'polite' })
  const show = (entries: readonly LogEntry[]) => {
    section.replaceChildren(
      h('h2', {}, countEntries(entries)),
      ...entries.map(({ kind, text }) => h('pre', { class: kind }, text)),
      (entries.length > 0 && h('button', { type: 'button', click: () => errors.clear() }, '清空')) || '',
    )
  }
  show([])
  errors.onChange(show)
  return section
}

/** Such as `2 个错误，1 条提示`. */
function countEntries(entries: readonly LogEntry[]): string {
  const notes = entries.filter(({ kind }) => kind === 'note').length
  const errors = entries.length - notes
  const counts = [errors > 0 && `${errors} 个错误`, notes > 0 && `${notes} 条提示`]
  return counts.filter(Boolean).join('，') || '没有错误'
}
