import type { WechatUser } from './api'
import { formatTime } from './format'
import { useLive } from './live'
import { Notice } from './notice'
import { openPhone } from './phones'

/** The WeChat accounts behind the phones, which no cloud function ever sees as a whole. */
export function PeopleView() {
  const { data, error } = useLive<{ users: WechatUser[] }>('users', 'users', 'machine')
  return (
    <section aria-label="微信账号">
      {error && <Notice>{error}</Notice>}
      <Notice kind="hint">
        微信侧的账号和号码，只存在于本机模拟的微信中；云函数只能看到 openid，以及用户授权后的号码。
      </Notice>
      <table>
        <caption>共 {data?.users.length ?? 0} 个微信账号</caption>
        <thead>
          <tr>
            <th scope="col">openid</th>
            <th scope="col">绑定的手机号</th>
            <th scope="col">最近使用</th>
            <th scope="col">手机</th>
          </tr>
        </thead>
        <tbody>
          {data?.users.map((user) => (
            <tr key={user.openid}>
              <td>
                <code>{user.openid}</code>
              </td>
              <td class="number">
                +{user.countryCode} {user.purePhoneNumber}
              </td>
              <td>{formatTime(user.activeAt)}</td>
              <td>
                <button type="button" onClick={() => openPhone(user.openid)}>
                  再开一台手机
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
