import type { WechatUser } from '../../../control/interface.ts'
import { formatTime } from '../frame/format'
import { openPhone } from '../frame/phones'
import { addressOf } from '../frame/route'
import { Avatar } from './avatar'

interface AccountRowProps {
  user: WechatUser
  /** Devices of this account that the browser shows now. */
  devices: readonly string[]
  /** Whether another account has the same number. */
  isShared: boolean
  onEdit: () => void
  onSameNumber: () => void
  onDelete: () => void
}

export function AccountRow({ user, devices, isShared, onEdit, onSameNumber, onDelete }: AccountRowProps) {
  const { openid } = user
  return (
    <tr>
      <td>
        <a class="account" href={addressOf('people', openid)}>
          <Avatar user={user} />
          <span>
            <b>{user.nickname ?? '微信用户'}</b>
            <code>{openid}</code>
          </span>
        </a>
      </td>
      <td class="number">
        +{user.countryCode} {user.purePhoneNumber} {isShared && <span class="badge">同号</span>}
      </td>
      <td class="wide-only">{formatTime(user.activeAt)}</td>
      <td class="wide-only">
        {devices.length === 0 ? (
          <span class="faint">没有打开</span>
        ) : (
          <span title={devices.join('、')}>{devices.length} 台打开</span>
        )}
      </td>
      <td class="row-actions">
        <div class="account-actions">
          <button type="button" onClick={onEdit}>
            修改
          </button>
          <button type="button" onClick={() => openPhone(openid)}>
            再开一台手机
          </button>
          <button type="button" onClick={onSameNumber}>
            同号的新微信账号
          </button>
          <button type="button" class="danger" aria-label={`删除 ${openid}`} onClick={onDelete}>
            删除
          </button>
        </div>
      </td>
    </tr>
  )
}

/** A phone whose account WeChat does not know yet. */
export function NewPhoneRow({ openid, devices }: { openid: string; devices: number }) {
  return (
    <tr>
      <td>
        <span class="account">
          <Avatar user={{ openid }} />
          <span>
            <b>微信用户</b>
            <code>{openid}</code>
          </span>
        </span>
      </td>
      <td class="faint">第一次使用时由微信分配</td>
      <td class="faint wide-only">还没有用过</td>
      <td class="wide-only">{devices} 台打开</td>
      <td class="row-actions" />
    </tr>
  )
}
