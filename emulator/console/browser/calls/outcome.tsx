import type { LoggedCall } from '../../../control/interface.ts'
import { outcomeOf } from '../../../control/outcome.ts'
import { Breakable } from '../frame/breakable'

const LOOKS = { good: 'good', refused: 'warn', failed: 'bad', running: '' } as const

export function OutcomeBadge({ call }: { call: LoggedCall }) {
  const { kind, text } = outcomeOf(call)
  return (
    <span class={`badge ${LOOKS[kind]}`}>
      <Breakable text={text} />
    </span>
  )
}

/** Such as `12 ms`; 进行中 while it runs. */
export function durationOf({ durationMilliseconds }: LoggedCall): string {
  return durationMilliseconds === undefined ? '进行中…' : `${Math.round(durationMilliseconds)} ms`
}

const SOURCES: Readonly<Record<string, string>> = {
  console: '云端测试',
  wx_trigger: '定时触发',
  wx_http: 'HTTP',
}

/** Who called, where no person did. */
export function sourceName(source: string): string {
  return SOURCES[source] ?? (source.endsWith(',scf') ? '云函数' : source)
}
