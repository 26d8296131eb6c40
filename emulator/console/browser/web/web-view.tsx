import { useState } from 'preact/hooks'
import type { WebRequest } from '../../../control/interface.ts'
import { control } from '../frame/api'
import { formatTime } from '../frame/format'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'

/** The web: which hosts pages may reach, and what they have asked for. */
export function WebView() {
  return (
    <section aria-label="网络">
      <Hosts />
      <Requests />
    </section>
  )
}

function Hosts() {
  const { data } = useLive('allowed-hosts', 'web', 'machine')
  const [host, setHost] = useState('')
  const { error, run } = useAction()
  const added = data?.added ?? []
  const save = (hosts: readonly string[]) => run(() => control('PUT', 'allowed-hosts', { added: [...hosts] }))
  const add = async (event: Event) => {
    event.preventDefault()
    if (host.trim() !== '' && (await save([...added, host]))) setHost('')
  }
  return (
    <fieldset>
      <legend>允许的域名 Allowed hosts</legend>
      {error && <Notice>{error}</Notice>}
      <Notice kind="hint">
        小程序默认访问不到网络。加上域名后，wx.request、上传下载、WebSocket、网络图片和字体才会发出；*
        表示整个互联网， 本机和内网的地址要单独写，如 localhost:3000。
      </Notice>
      <ul class="rows">
        {data?.fixed.map((name) => (
          <li key={`fixed ${name}`}>
            <code>{name}</code> <span class="faint">来自设置</span>
          </li>
        ))}
        {added.map((name) => (
          <li key={name}>
            <code>{name}</code>{' '}
            <button
              type="button"
              onClick={() => save(added.filter((other) => other !== name))}
              aria-label={`删除 ${name}`}
            >
              删除
            </button>
          </li>
        ))}
      </ul>
      <form class="toolbar" onSubmit={add}>
        <input
          aria-label="域名"
          placeholder="api.example.com、*.example.com"
          value={host}
          onInput={(event) => setHost(event.currentTarget.value)}
        />
        <button type="submit">允许</button>
      </form>
    </fieldset>
  )
}

const OUTCOMES: Readonly<Record<WebRequest['outcome'], string>> = {
  answered: '',
  refused: '不允许',
  failed: '失败',
  emulator: '模拟器回答',
}

function Requests() {
  const { data, error } = useLive('web-requests', 'web', 'machine')
  const requests = data?.requests ?? []
  return (
    <>
      {error && <Notice>{error}</Notice>}
      <div class="toolbar">
        <span>{requests.length} 个请求（参数的值不记录）</span>
        <button type="button" onClick={() => control('DELETE', 'web-requests')}>
          清空记录
        </button>
      </div>
      <table>
        <caption>网络请求 Requests</caption>
        <thead>
          <tr>
            <th scope="col">时间</th>
            <th scope="col">方法</th>
            <th scope="col">域名</th>
            <th scope="col">路径</th>
            <th scope="col">结果</th>
            <th scope="col">耗时</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request, index) => (
            <tr key={`${request.at} ${index}`}>
              <td>{formatTime(request.at)}</td>
              <td>{request.method}</td>
              <td>
                <code>{request.host}</code>
              </td>
              <td>
                <code>{request.path}</code>
              </td>
              <td>
                <Outcome request={request} />
              </td>
              <td class="number">{request.milliseconds} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Outcome({ request: { outcome, status, error } }: { request: WebRequest }) {
  const isGood = outcome !== 'refused' && outcome !== 'failed' && (status ?? 0) < 400
  const text = [status, OUTCOMES[outcome]].filter(Boolean).join(' ')
  return (
    <span class={`badge ${isGood ? 'good' : 'bad'}`} title={error}>
      {text}
    </span>
  )
}
