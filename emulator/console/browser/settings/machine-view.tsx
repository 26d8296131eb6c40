import { useState } from 'preact/hooks'
import { ExampleControls } from '../example/example-controls'
import { control, controlFile } from '../frame/api'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'
import { FunctionRulesSettings } from './function-rules'

const DAY_SECONDS = 24 * 60 * 60
const JUMPS = [
  { name: '5 分钟（手机号 code 失效）', seconds: 300 },
  { name: '1 天', seconds: DAY_SECONDS },
  { name: '16 天（令牌该续期）', seconds: 16 * DAY_SECONDS },
  { name: '31 天（令牌过期）', seconds: 31 * DAY_SECONDS },
]
const LATENCIES = [0, 20, 100, 500, 2000]

/** Clock, latency, rules of functions and data of the cloud. */
export function MachineView() {
  const action = useAction()
  return (
    <section aria-label="设置">
      {action.error && <Notice>{action.error}</Notice>}
      <ClockSettings run={action.run} />
      <LatencySettings run={action.run} />
      <FunctionRulesSettings />
      <ExampleControls />
      <DataSettings run={action.run} />
    </section>
  )
}

interface Runner {
  run: (action: () => Promise<unknown>) => Promise<boolean>
}

function ClockSettings({ run }: Runner) {
  const { data } = useLive('clock', 'machine')
  const move = (body: object) => run(() => control('POST', 'clock', body))
  return (
    <fieldset>
      <legend>时钟 Clock</legend>
      <p role="status">
        云环境的时间：{data ? new Date(data.now).toLocaleString('zh-CN') : '…'}
        {data &&
          data.offsetSeconds !== 0 &&
          `（比本机快 ${(data.offsetSeconds / DAY_SECONDS).toFixed(1)} 天）`}
      </p>
      {JUMPS.map(({ name, seconds }) => (
        <button key={seconds} type="button" onClick={() => move({ advanceSeconds: seconds })}>
          向前 {name}
        </button>
      ))}
      <button type="button" onClick={() => move({ reset: true })}>
        回到现在
      </button>
    </fieldset>
  )
}

function LatencySettings({ run }: Runner) {
  const { data } = useLive('latency', 'machine')
  return (
    <fieldset>
      <legend>每次往返的延迟 Latency</legend>
      {LATENCIES.map((milliseconds) => (
        <label key={milliseconds}>
          <input
            type="radio"
            name="latency"
            checked={data?.milliseconds === milliseconds}
            onChange={() => run(() => control('POST', 'latency', { milliseconds }))}
          />
          {milliseconds} ms
        </label>
      ))}
    </fieldset>
  )
}

function DataSettings({ run }: Runner) {
  const [message, setMessage] = useState('')
  const save = () =>
    run(async () => {
      const text = JSON.stringify(await control('GET', 'export'), null, 2)
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
      link.download = 'cloud-export.json'
      link.click()
      URL.revokeObjectURL(link.href)
    })
  const load = (file: File | undefined) =>
    file &&
    run(async () => {
      await controlFile('import', file)
      setMessage(`已导入 ${file.name}`)
    })
  const reset = () =>
    confirm('清空数据库、文件、微信账号和调用记录？此操作无法撤销。') && run(() => control('POST', 'reset'))
  return (
    <fieldset>
      <legend>数据 Data</legend>
      <button type="button" onClick={save}>
        导出数据库
      </button>
      <label class="file">
        导入
        <input
          type="file"
          accept="application/json"
          onChange={(event) => load(event.currentTarget.files?.[0])}
        />
      </label>
      <button type="button" class="danger" onClick={reset}>
        全部清空
      </button>
      <p role="status">{message}</p>
    </fieldset>
  )
}
