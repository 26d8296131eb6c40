import { ExampleControls } from '../example/example-controls'
import { documentsPath } from '../frame/api'
import { formatTime, textOf } from '../frame/format'
import { useLive } from '../frame/live'
import { Notice } from '../frame/notice'
import { addressOf } from '../frame/route'
import { SubjectLinks } from '../operations/subject-links'
import { useOperations } from '../operations/use-operations'
import { documentAddress } from './document-address'

const SORT = encodeURIComponent(JSON.stringify({ lastLoginAt: -1 }))

/** The collection that the page names for it. */
const NAME = document.body.dataset['userTable'] ?? ''

/** A collection of people who log in by phone number, as a table. */
export function UsersView() {
  const users = useLive(`${documentsPath(NAME)}?sort=${SORT}&limit=200`, 'database', 'machine')
  const { data } = useLive('collections', 'database')
  const operations = useOperations().data?.operations
  const collection = data?.collections.find(({ name }) => name === NAME)
  if (data && !collection) {
    return <Notice kind="hint">还没有 {NAME} 集合。请在「数据库」中新建，权限选「仅管理员可读写」。</Notice>
  }
  return (
    <section aria-label="用户" class="users">
      {collection && collection.permission !== 'ADMINONLY' && (
        <Notice>{NAME} 集合的权限应为「仅管理员可读写」（ADMINONLY），否则客户端可以写入自己的文档。</Notice>
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
            <th scope="col" class="row-actions">
              操作
            </th>
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
                <a class="short-id" href={documentAddress(NAME, user['_id'])} title={textOf(user['_id'])}>
                  <code>{textOf(user['_id'])}</code>
                </a>
              </td>
              <td class="row-actions">
                <SubjectLinks operations={operations} collection={NAME} id={user['_id']} isShort />
                {typeof user['openid'] === 'string' && (
                  <>
                    {' '}
                    <a href={addressOf('people', user['openid'])}>全部数据</a>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {users.data?.total === 0 && (
        <>
          <Notice kind="hint">还没有用户。在左边的手机上登录一次就会出现。</Notice>
          <ExampleControls />
        </>
      )}
    </section>
  )
}

function statusText(status: unknown): string {
  if (status === 'active') return '正常'
  return status === 'disabled' ? '已停用' : textOf(status)
}
