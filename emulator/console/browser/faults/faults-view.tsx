import { useState } from 'preact/hooks'
import type { Fault } from '../../../control/fault.ts'
import { control } from '../frame/api'
import { formatJson } from '../frame/format'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'

const error = (code: string, message: string) => ({ kind: 'error' as const, code, message })
const openapi = (errcode: number, errmsg: string) => ({ kind: 'openapi' as const, errcode, errmsg })

/** Faults of the requests to a collection, to inject with one press. Codes and messages are those of the platform. */
const DATABASE_FAULTS: readonly { name: string; answer: Fault['answer'] }[] = [
  { name: '数据库不可用 SYS_ERR', answer: error('SYS_ERR', 'system error') },
  { name: '数据库慢（1.5 秒）', answer: { kind: 'slow', milliseconds: 1500 } },
  { name: '数据库不回答', answer: { kind: 'hang' } },
  { name: '数据库连接被重置', answer: { kind: 'reset' } },
  { name: '写入后连接被重置', answer: { kind: 'reset-after' } },
  { name: '集合不存在 -502005', answer: error('DATABASE_COLLECTION_NOT_EXIST', 'Db or Table not exist') },
  {
    name: 'SDK 过旧（PG 模式）SDK_UPGRADE_REQUIRED',
    answer: error('SDK_UPGRADE_REQUIRED', 'SDK_UPGRADE_REQUIRED: the SDK has to be upgraded'),
  },
]

/** Faults of `cloud.openapi`, such as the exchange of a phone code. */
const OPENAPI_FAULTS: typeof DATABASE_FAULTS = [
  { name: 'openapi：系统繁忙 -1', answer: openapi(-1, 'system error') },
  { name: 'openapi：40001', answer: openapi(40001, 'invalid credential') },
  { name: 'openapi：格式错误 47001', answer: openapi(47001, 'data format error') },
  { name: 'openapi：频率限制 45011', answer: openapi(45011, 'api minute-quota reach limit') },
  { name: 'openapi：无权限 -604101', answer: { kind: 'openapi-system', errorCode: -604101 } },
  { name: 'openapi：不回答', answer: { kind: 'hang' } },
]

function faultsOf(collection: string, functionName: string): { name: string; fault: Fault }[] {
  const ofFunction = (kind: 'function-timeout' | 'answer-lost'): Fault => ({
    action: 'invoke',
    target: functionName,
    answer: { kind },
  })
  return [
    ...(collection === ''
      ? []
      : DATABASE_FAULTS.map(({ name, answer }) => ({ name, fault: { target: collection, answer } }))),
    ...OPENAPI_FAULTS.map(({ name, answer }) => ({ name, fault: { action: 'wx.openApi', answer } })),
    ...(functionName === ''
      ? []
      : [
          { name: '云函数超时 -504003', fault: ofFunction('function-timeout') },
          { name: '云函数已执行，回答丢失 -601001', fault: ofFunction('answer-lost') },
        ]),
  ]
}

export function FaultsView() {
  const { data, error: failure } = useLive('faults', 'machine', 'calls')
  const collections = useLive('collections', 'database', 'machine').data?.collections ?? []
  const functions = useLive('functions', 'code', 'machine').data?.functions ?? []
  const [collection, setCollection] = useState<string>()
  const [functionName, setFunctionName] = useState<string>()
  const shownCollection = collection ?? preferred(collections, 'users')
  const shownFunction = functionName ?? preferred(functions, 'login')
  const action = useAction()
  const problem = failure ?? action.error
  return (
    <section aria-label="故障">
      {problem && <Notice>{problem}</Notice>}
      <Notice kind="hint">打开一个故障，再到手机上操作，看用户会看到什么。「一次」只影响下一个请求。</Notice>
      <div class="toolbar">
        <TargetSelect label="集合" names={collections} value={shownCollection} onChange={setCollection} />
        <TargetSelect label="云函数" names={functions} value={shownFunction} onChange={setFunctionName} />
      </div>
      <ul class="rows">
        {faultsOf(shownCollection, shownFunction).map(({ name, fault }) => (
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

type Named = readonly { name: string }[]

/** The one of that name, else the first; an empty text if there is none. */
function preferred(candidates: Named, name: string): string {
  return (candidates.find((candidate) => candidate.name === name) ?? candidates[0])?.name ?? ''
}

interface TargetProps {
  label: string
  names: Named
  value: string
  onChange: (name: string) => void
}

function TargetSelect({ label, names, value, onChange }: TargetProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {names.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
