import { useEffect, useState } from 'preact/hooks'
import { closePhone, listPhones, onPhonesChange, openPhone, type Phone } from './phones'

/** The phones beside the console, each a page of its own. */
export function PhonesPane() {
  const [phones, setPhones] = useState(listPhones)
  useEffect(() => onPhonesChange(() => setPhones(listPhones())), [])
  return (
    <aside class="phones" aria-label="手机">
      <div class="toolbar">
        <button type="button" onClick={() => openPhone()}>
          ＋ 新微信用户
        </button>
      </div>
      <div class="phone-list">
        {phones.map((phone) => (
          <PhoneFrame key={phone.device} phone={phone} />
        ))}
      </div>
    </aside>
  )
}

function PhoneFrame({ phone }: { phone: Phone }) {
  const query = new URLSearchParams({ ...phone })
  return (
    <figure class="phone">
      <figcaption>
        <code>{phone.openid}</code>
        <button type="button" onClick={() => openPhone(phone.openid)}>
          另一台设备
        </button>
        <button
          type="button"
          onClick={() => closePhone(phone.device)}
          aria-label={`关闭 ${phone.openid} 的这台手机`}
        >
          关闭
        </button>
      </figcaption>
      <iframe src={`/phone?${query}`} title={`${phone.openid} 的手机`} />
    </figure>
  )
}
