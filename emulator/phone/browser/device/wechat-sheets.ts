import { h } from '../base/dom.ts'
import type { Overlay } from './overlay.ts'
import { pictureOf } from './wechat-profile.ts'

export type Verdict = 'allow' | 'deny' | 'cancel'

/** WeChat's sheet that asks for the phone number of the account. */
export function showPhoneNumberSheet(
  overlay: Overlay,
  { appName, maskedNumber, realtime }: { appName: string; maskedNumber: string; realtime: boolean },
): Promise<Verdict> {
  const purpose = realtime ? '获取并实时验证你的手机号' : '获取并验证你的手机号'
  return overlay.prompt<Verdict>('sheet', `${appName}申请${purpose}`, 'cancel', (finish) => [
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

/** WeChat's sheet that asks for consent to the mini-program's privacy guide. */
export function showPrivacySheet(
  overlay: Overlay,
  {
    appName,
    contractName,
    openContract,
  }: { appName: string; contractName: string; openContract: () => void },
): Promise<Verdict> {
  return overlay.prompt<Verdict>('sheet', '用户隐私保护提示', 'deny', (finish) => [
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

/** WeChat's page of the privacy guide. The phone does not have the guide's text, and says so. */
export function showPrivacyContract(overlay: Overlay, contractName: string): Promise<Verdict> {
  return overlay.prompt<Verdict>('sheet', contractName, 'cancel', (finish) => [
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
 * WeChat's sheet that asks for an avatar.
 * @param wechatAvatar the user's WeChat avatar
 * @returns the chosen picture, or undefined when the sheet was closed
 */
export function showAvatarSheet(
  overlay: Overlay,
  wechatAvatar: HTMLCanvasElement,
): Promise<Blob | undefined> {
  const answer = overlay.prompt<Blob | 'cancel'>('sheet', '选择头像', 'cancel', (finish) => {
    // Not reachable by keyboard: the button opens it.
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
    wechatAvatar.className = 'avatar-own'
    return [
      action(() => void pictureOf(wechatAvatar).then(finish), wechatAvatar, '用微信头像'),
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
