import { formatTime } from '../frame/format'
import { useLive } from '../frame/live'

/** The subscription messages (订阅消息) that functions have sent. */
export function Messages() {
  const { data } = useLive('messages', 'messages', 'machine')
  const messages = data?.messages ?? []
  if (messages.length === 0) return null
  return (
    <table>
      <caption>订阅消息 Subscription messages</caption>
      <thead>
        <tr>
          <th scope="col">时间</th>
          <th scope="col">openid</th>
          <th scope="col">模板</th>
          <th scope="col">内容</th>
          <th scope="col">页面</th>
        </tr>
      </thead>
      <tbody>
        {messages.map(({ sentAt, openid, templateId, fields, page }, index) => (
          <tr key={`${sentAt} ${index}`}>
            <td>{formatTime(sentAt)}</td>
            <td>
              <code>{openid}</code>
            </td>
            <td>{templateId}</td>
            <td>
              {Object.entries(fields)
                .map(([name, text]) => `${name}：${text}`)
                .join('；')}
            </td>
            <td>{page}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
