import type { Collection, Document } from './api'
import { documentsPath } from './api'
import { formatTime, textOf } from './format'
import { useLive } from './live'
import { Notice } from './notice'

const SORT = encodeURIComponent(JSON.stringify({ lastLoginAt: -1 }))

/** The `users` collection as an administrator wants to read it: people, not JSON. */
export function UsersView() {
  const users = useLive<{ documents: Document[]; total: number }>(
    `${documentsPath('users')}?sort=${SORT}&limit=200`,
    'database',
    'machine',
  )
  const { data } = useLive<{ collections: Collection[] }>('collections', 'database')
  const collection = data?.collections.find(({ name }) => name === 'users')
  if (data && !collection) {
    return <Notice kind="hint">还没有 users 集合。请在「数据库」中新建，权限选「仅管理员可读写」。</Notice>
  }
  return (
    <section aria-label="用户">
      {collection && collection.permission !== 'ADMINONLY' && (
        <Notice>users 集合的权限应为「仅管理员可读写」（ADMINONLY），否则客户端可以写入自己的文档。</Notice>
      )}
      {users.error && <Notice>{users.error}</Notice>}
      <table>
        <caption>{users.data ? `共 ${users.data.total} 位用户` : '正在读取…'}</caption>
        <thead>
          <tr>
            <th scope="col">手机号</th>
            <th scope="col">昵称</th>
            <th scope="col">状态</th>
            <th scope="col">会话</th>
            <th scope="col">登录次数</th>
            <th scope="col">最近登录</th>
            <th scope="col">注册时间</th>
            <th scope="col">用户 id</th>
          </tr>
        </thead>
        <tbody>
          {users.data?.documents.map((user) => (
            <tr key={textOf(user['_id'])}>
              <td class="number">{textOf(user['phoneMasked']) || '—'}</td>
              <td>{textOf(user['nickname'])}</td>
              <td>
                <span class={`badge ${user['status'] === 'active' ? 'good' : 'bad'}`}>
                  {statusText(user['status'])}
                </span>
              </td>
              <td class="number">{Array.isArray(user['sessions']) ? user['sessions'].length : 0}</td>
              <td class="number">{textOf(user['loginCount'])}</td>
              <td>{formatTime(user['lastLoginAt'])}</td>
              <td>{formatTime(user['createdAt'])}</td>
              <td>
                <a href={`#database/users/${textOf(user['_id'])}`}>
                  <code>{textOf(user['_id'])}</code>
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {users.data?.total === 0 && <Notice kind="hint">还没有用户。在左边的手机上登录一次就会出现。</Notice>}
    </section>
  )
}

function statusText(status: unknown): string {
  if (status === 'active') return '正常'
  return status === 'disabled' ? '已停用' : textOf(status)
}
