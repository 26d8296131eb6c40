import { h } from '../dom.ts'
import type { Overlay } from './overlay.ts'
import { pictureOf } from './wechat-profile.ts'

export type Verdict = 'allow' | 'deny' | 'cancel'

/** WeChat's question for the phone number bound to the account. */
export function askPhoneNumber(
  overlay: Overlay,
  { appName, maskedNumber, realtime }: { appName: string; maskedNumber: string; realtime: boolean },
): Promise<Verdict> {
  const purpose = realtime ? '获取并实时验证你的手机号' : '获取并验证你的手机号'
  return overlay.ask<Verdict>('sheet', `${appName}申请${purpose}`, 'cancel', (finish) => [
    appLine(appName),
    h('h3', { class: 'sheet-title' }, `申请${purpose}`),
    h(
      'div',
      { class: 'sheet-choice' },
      h('span', {}, h('b', {}, maskedNumber), h('small', {}, '微信绑定号码')),
      h('i', { class: 'tick' }),
    ),
    verdictButtons('拒绝', '允许', finish),
  ])
}

/** WeChat's own question for consent to what the mini-program declares about personal data. */
export function askPrivacyConsent(
  overlay: Overlay,
  {
    appName,
    contractName,
    openContract,
  }: { appName: string; contractName: string; openContract: () => void },
): Promise<Verdict> {
  return overlay.ask<Verdict>('sheet', '用户隐私保护提示', 'deny', (finish) => [
    appLine(appName),
    h('h3', { class: 'sheet-title' }, '用户隐私保护提示'),
    h(
      'p',
      { class: 'sheet-text' },
      '在你使用服务之前，请仔细阅读',
      h('button', { type: 'button', class: 'sheet-link', click: openContract }, contractName),
      `。如你同意该指引，请点击“同意”开始使用${appName}。`,
    ),
    verdictButtons('拒绝', '同意', finish),
  ])
}

/** WeChat's page of what the mini-program has declared. The phone knows no declaration, and says so. */
export function showPrivacyContract(overlay: Overlay, contractName: string): Promise<Verdict> {
  return overlay.ask<Verdict>('sheet', contractName, 'cancel', (finish) => [
    h('h3', { class: 'sheet-title' }, contractName),
    h(
      'p',
      { class: 'sheet-text' },
      '此处在真机上是微信公众平台登记的《用户隐私保护指引》。登记内容只在微信的服务器上，这台手机上没有。',
    ),
    h(
      'div',
      { class: 'sheet-buttons' },
      h('button', { type: 'button', class: 'allow', click: () => finish('allow') }, '知道了'),
    ),
  ])
}

/**
 * The avatar chooser.
 * @param own the picture WeChat has of the person
 * @returns a picture's file, or undefined when it was closed
 */
export function askAvatar(overlay: Overlay, own: HTMLCanvasElement): Promise<Blob | undefined> {
  const answer = overlay.ask<Blob | 'cancel'>('sheet', '选择头像', 'cancel', (finish) => {
    // Out of the keyboard's way: the button opens it.
    const file = h('input', {
      type: 'file',
      accept: 'image/*',
      class: 'avatar-file',
      'aria-hidden': 'true',
      tabindex: -1,
      change: () => finish(file.files?.[0] ?? 'cancel'),
    })
    const action = (click: () => void, ...children: (Node | string)[]) =>
      h('button', { type: 'button', class: 'action', click }, ...children)
    const cancel = action(() => finish('cancel'), '取消')
    cancel.classList.add('action-cancel')
    own.className = 'avatar-own'
    return [
      action(() => void pictureOf(own).then(finish), own, '用微信头像'),
      action(() => file.click(), '从相册选择', h('small', {}, '这台电脑上的图片')),
      cancel,
      file,
    ]
  })
  return answer.then((chosen) => (chosen === 'cancel' ? undefined : chosen))
}

function appLine(appName: string): HTMLElement {
  return h('div', { class: 'sheet-app' }, h('i', {}, appName.slice(0, 1)), h('span', {}, appName))
}

function verdictButtons(deny: string, allow: string, finish: (verdict: Verdict) => void): HTMLElement {
  return h(
    'div',
    { class: 'sheet-buttons' },
    h('button', { type: 'button', class: 'deny', click: () => finish('deny') }, deny),
    h('button', { type: 'button', class: 'allow', click: () => finish('allow') }, allow),
  )
}
