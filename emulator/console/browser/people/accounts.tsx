import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import type { WechatUser } from '../../../control/interface.ts'
import { control } from '../frame/api'
import { EmptyState } from '../frame/empty-state'
import { Notice, useAction } from '../frame/notice'
import { forgetPhones, newOpenid, openPhone } from '../frame/phones'
import { Toolbar } from '../frame/toolbar'
import { AccountForm, numberOf } from './account-form'
import { AccountRow, NewPhoneRow } from './account-row'
import { useOpenPhones } from './use-open-phones'

/** The WeChat accounts, to be made, changed and deleted. */
export function Accounts({ users }: { users: readonly WechatUser[] }) {
  /** Openid of the account that is being edited; it may be a new one. */
  const [edited, setEdited] = useState<string>()
  const open = useOpenPhones()
  const action = useAction()
  const known = users.map(({ openid }) => openid)
  /** Phones that are open and have not used anything of WeChat yet. */
  const newcomers = [...new Set(open.map(({ openid }) => openid))].filter((openid) => !known.includes(openid))
  const form = (openid: string, user?: WechatUser) => (
    <AccountForm
      key={openid}
      openid={openid}
      {...(user ? { user } : {})}
      otherNumbers={users.filter((other) => other.openid !== openid).map(numberOf)}
      onDone={() => setEdited(undefined)}
    />
  )
  /** A person with two WeChat accounts, or the new owner of a number. */
  const openWithSameNumber = (user: WechatUser) => {
    const openid = newOpenid(known)
    void action.run(async () => {
      await control('PUT', `users/${encodeURIComponent(openid)}`, { phoneNumber: numberOf(user) })
      openPhone(openid)
    })
  }
  const remove = ({ openid }: WechatUser) => {
    if (!confirm(`删除微信账号 ${openid}，以及它的手机存下的数据？云里的数据不会删除。`)) return
    void action.run(async () => {
      forgetPhones(openid)
      await control('DELETE', `users/${encodeURIComponent(openid)}`)
    })
  }
  return (
    <>
      <Toolbar label="微信账号的操作">
        <button type="button" onClick={() => setEdited(newOpenid(known))}>
          ＋ 新微信账号
        </button>
        <span class="faint">云函数只能看到 openid，以及用户授权后的号码</span>
      </Toolbar>
      {action.error && <Notice>{action.error}</Notice>}
      {edited !== undefined && !known.includes(edited) && form(edited)}
      {users.length === 0 && newcomers.length === 0 ? (
        <EmptyState title="还没有微信账号。在手机上用一次小程序，或点「新微信账号」。" />
      ) : (
        <table class="accounts">
          <caption>
            共 {users.length} 个微信账号
            {newcomers.length > 0 && `，另有 ${newcomers.length} 个还没有用过`}
          </caption>
          <thead>
            <tr>
              <th scope="col">账号</th>
              <th scope="col">绑定的手机号</th>
              <th scope="col" class="wide-only">
                最近使用
              </th>
              <th scope="col" class="wide-only">
                手机
              </th>
              <th scope="col" class="row-actions">
                操作
              </th>
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <Fragment key={user.openid}>
                <AccountRow
                  user={user}
                  devices={open.filter(({ openid }) => openid === user.openid).map(({ device }) => device)}
                  isShared={users.some((other) => other !== user && numberOf(other) === numberOf(user))}
                  onEdit={() => setEdited(user.openid)}
                  onSameNumber={() => openWithSameNumber(user)}
                  onDelete={() => remove(user)}
                />
                {edited === user.openid && (
                  <tr>
                    <td colSpan={5}>{form(user.openid, user)}</td>
                  </tr>
                )}
              </Fragment>
            ))}
            {newcomers.map((openid) => (
              <NewPhoneRow
                key={openid}
                openid={openid}
                devices={open.filter((phone) => phone.openid === openid).length}
              />
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
