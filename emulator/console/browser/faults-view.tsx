import type { Fault } from '../../cloud/faults.ts'
import { control } from './api'
import { formatJson } from './format'
import { useLive } from './live'
import { Notice, useAction } from './notice'

const error = (code: string, message: string) => ({ kind: 'error' as const, code, message })
const openapi = (errcode: number, errmsg: string) => ({ kind: 'openapi' as const, errcode, errmsg })

/** What can be made to go wrong with one press. Numbers and words are the platform's. */
const FAULTS: readonly { name: string; fault: Fault }[] = [
  { name: '数据库不可用 SYS_ERR', fault: { target: 'users', answer: error('SYS_ERR', 'system error') } },
  { name: '数据库慢（1.5 秒）', fault: { target: 'users', answer: { kind: 'slow', milliseconds: 1500 } } },
  { name: '数据库不回答', fault: { target: 'users', answer: { kind: 'hang' } } },
  { name: '数据库连接被重置', fault: { target: 'users', answer: { kind: 'reset' } } },
  { name: '写入后连接被重置', fault: { target: 'users', answer: { kind: 'reset-after' } } },
  {
    name: '集合不存在 -502005',
    fault: { target: 'users', answer: error('DATABASE_COLLECTION_NOT_EXIST', 'Db or Table not exist') },
  },
  { name: '换号码：系统繁忙 -1', fault: { action: 'wx.openApi', answer: openapi(-1, 'system error') } },
  { name: '换号码：40001', fault: { action: 'wx.openApi', answer: openapi(40001, 'invalid credential') } },
  {
    name: '换号码：频率限制 45011',
    fault: { action: 'wx.openApi', answer: openapi(45011, 'api minute-quota reach limit') },
  },
  {
    name: '换号码：无权限 -604101',
    fault: { action: 'wx.openApi', answer: { kind: 'openapi-system', errorCode: -604101 } },
  },
  { name: '换号码：不回答', fault: { action: 'wx.openApi', answer: { kind: 'hang' } } },
  {
    name: 'login 超时 -504003',
    fault: { action: 'invoke', target: 'login', answer: { kind: 'function-timeout' } },
  },
  {
    name: 'checkToken 超时 -504003',
    fault: { action: 'invoke', target: 'checkToken', answer: { kind: 'function-timeout' } },
  },
]

export function FaultsView() {
  const { data, error: failure } = useLive<{ faults: Fault[] }>('faults', 'machine', 'calls')
  const action = useAction()
  const problem = failure ?? action.error
  return (
    <section aria-label="故障">
      {problem && <Notice>{problem}</Notice>}
      <Notice kind="hint">打开一个故障，再到手机上操作，看用户会看到什么。「一次」只影响下一个请求。</Notice>
      <ul class="rows">
        {FAULTS.map(({ name, fault }) => (
          <li key={name} class="fault">
            <span>{name}</span>
            <button
              type="button"
              onClick={() => action.run(() => control('POST', 'faults', { ...fault, times: 1 }))}
            >
              一次
            </button>
            <button type="button" onClick={() => action.run(() => control('POST', 'faults', fault))}>
              一直
            </button>
          </li>
        ))}
      </ul>
      <h2>正在生效</h2>
      <button
        type="button"
        onClick={() => action.run(() => control('DELETE', 'faults'))}
        disabled={!data?.faults.length}
      >
        全部关闭
      </button>
      <pre role="status">
        {data?.faults.length ? data.faults.map((fault) => formatJson(fault)).join('\n') : '没有故障'}
      </pre>
    </section>
  )
}
