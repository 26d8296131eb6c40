import { h } from '../base/dom.ts'
import { showVerdictSheet } from '../device/verdict-sheet.ts'
import { ApiFailure } from '../services/api-failure.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'

/** WeChat asks for three templates at once at most. */
const MAX_TEMPLATES = 3
const KEY = 'subscriptions'

type Decision = 'accept' | 'reject'

/** What the user has chosen for good: 总是保持以上选择，不再询问. */
function rememberedIn(device: WxContext['device']): Record<string, Decision> {
  return { ...(device.consent.read(KEY) as Record<string, Decision> | undefined) }
}

/** The field `subscriptionsSetting` of `wx.getSetting`. */
export const subscriptionsSetting = (device: WxContext['device']) => ({
  mainSwitch: true,
  itemSettings: rememberedIn(device),
})

/** One-time subscription messages: each acceptance lets the mini-program send one message. */
export function subscribeApis({ device, appName }: WxContext): WxApis {
  return {
    requestSubscribeMessage: asynchronous('requestSubscribeMessage', async (options) => {
      const ids = options.list('tmplIds').map(String)
      if (ids.length === 0) throw new ApiFailure('TmplIds can’t be empty', { errCode: 10001 })
      if (ids.length > MAX_TEMPLATES) {
        throw new ApiFailure('Templates count out of max bounds', { errCode: 20003 })
      }
      const remembered = rememberedIn(device)
      const open = ids.filter((id) => remembered[id] === undefined)
      const decided = open.length > 0 ? await ask(open) : {}
      const decisions = { ...Object.fromEntries(ids.map((id) => [id, remembered[id]])), ...decided }
      const accepted = ids.filter((id) => decisions[id] === 'accept')
      if (accepted.length > 0) await device.control.acceptTemplates(device.identity.openid, accepted)
      return decisions
    }),
  }

  async function ask(ids: readonly string[]): Promise<Record<string, Decision>> {
    const boxes = ids.map((id) => {
      const box = h('input', { type: 'checkbox', name: id, checked: true })
      return { id, box, row: h('label', { class: 'sheet-switch' }, h('span', {}, `模板 ${id}`), box) }
    })
    const always = h('input', { type: 'checkbox', name: 'always' })
    const verdict = await showVerdictSheet(device.overlay, {
      appName,
      title: '发送以下消息',
      text: '允许后，小程序可以给你发一条这种消息。',
      content: [
        ...boxes.map(({ row }) => row),
        h('label', { class: 'sheet-switch' }, h('span', {}, '总是保持以上选择，不再询问'), always),
      ],
      deny: '拒绝',
      allow: '允许',
    })
    const decide = (isChecked: boolean): Decision => (verdict === 'allow' && isChecked ? 'accept' : 'reject')
    const decisions = Object.fromEntries(boxes.map(({ id, box }) => [id, decide(box.checked)]))
    if (always.checked) device.consent.write(KEY, { ...rememberedIn(device), ...decisions })
    return decisions
  }
}
