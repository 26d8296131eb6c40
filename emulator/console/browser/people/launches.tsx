import { useState } from 'preact/hooks'
import type { WechatUser } from '../../../control/interface.ts'
import { orderLaunch } from '../../../phone/browser/launch/launch-orders.ts'
import type { Launch } from '../../../phone/launch/launch.ts'
import { fieldsOfLaunch, launchOfFields } from '../../../phone/launch/launch-fields.ts'
import { DEFAULT_SCENE } from '../../../phone/launch/scenes.ts'
import { openPhone } from '../frame/phones'
import { LaunchFieldsForm } from './launch-fields-form'
import { LaunchList } from './launch-list'
import { useOpenPhones } from './use-open-phones'
import { usePages } from './use-pages'

/** Opens the mini-program on a phone: from a card, a code, a message, or with any page, query and scene. */
export function Launches({ users }: { users: readonly WechatUser[] }) {
  const [fields, setFields] = useState(() => fieldsOfLaunch({ page: '', scene: DEFAULT_SCENE }))
  const [chosen, setChosen] = useState('')
  const pages = usePages()
  const open = useOpenPhones()
  const targets = [
    ...open.map(({ openid, device }) => ({
      id: `open ${openid} ${device}`,
      openid,
      device,
      text: `${openid} · ${device}`,
    })),
    ...users.map(({ openid }) => ({
      id: `new ${openid}`,
      openid,
      device: undefined,
      text: `${openid} · 新手机`,
    })),
  ]
  const target = targets.find(({ id }) => id === chosen) ?? targets[0]
  const launch = (what: Launch, isCold: boolean) => {
    if (!target) openPhone(undefined, what)
    else if (target.device === undefined) openPhone(target.openid, what)
    else orderLaunch({ openid: target.openid, device: target.device, launch: what, isCold })
  }
  const asFilledIn = () => launchOfFields(fields, Date.now())
  return (
    <section aria-label="打开小程序">
      <h2>打开小程序</h2>
      <form
        class="launch-form"
        onSubmit={(event) => {
          event.preventDefault()
          launch(asFilledIn(), true)
        }}
      >
        <label>
          手机
          <select value={target?.id ?? ''} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            {targets.map(({ id, text }) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
            {targets.length === 0 && <option value="">新微信用户</option>}
          </select>
        </label>
        <LaunchFieldsForm fields={fields} pages={pages} onChange={setFields} />
        <div class="buttons">
          <button type="submit">冷启动</button>
          {target?.device !== undefined && (
            <button type="button" onClick={() => launch(asFilledIn(), false)}>
              从后台打开
            </button>
          )}
        </div>
      </form>
      <LaunchList
        onOpen={(what) => launch(what, false)}
        onFillIn={(what) => setFields(fieldsOfLaunch(what))}
      />
    </section>
  )
}
