import type { ComponentChildren } from 'preact'
import type { LoggedCall } from '../../../control/interface.ts'
import { Breakable } from '../frame/breakable'
import { type CallTimes, type RequestSpan, type Span, timesOf } from './timeline-spans'
import './timeline.css'

/** Where the time of a call went: the wait for an instance, each request to the cloud, and the log lines. */
export function Timeline({ call }: { call: LoggedCall }) {
  const times = timesOf(call)
  if (!times) return call.durationMilliseconds === undefined ? <p class="faint">还在运行…</p> : null
  const { total, waiting, running, requests, logs } = times
  return (
    <div class="timeline">
      <h4>时间 timeline</h4>
      <Summary call={call} times={times} />
      <ol>
        {waiting && (
          <Row name={call.coldStart ? '冷启动' : '等待实例'} span={waiting} total={total} look="waiting" />
        )}
        {running && <Row name="函数" span={running} total={total} look="running" />}
        {requests.map((request) => (
          <RequestRow key={request.trip.requestId} request={request} total={total} />
        ))}
        {logs.length > 0 && (
          <li>
            <span class="name">日志</span>
            <span class="track" aria-hidden="true">
              {logs.map((at, index) => (
                <span key={index} class="tick" style={{ left: percent(at, total) }} />
              ))}
            </span>
            <span class="number faint">{logs.length} 行</span>
          </li>
        )}
      </ol>
    </div>
  )
}

function Summary({ call, times }: { call: LoggedCall; times: CallTimes }) {
  const { total, waiting, cloudMilliseconds, functionMilliseconds } = times
  return (
    <p class="number">
      共 {milliseconds(total)}
      {waiting && ` = ${call.coldStart ? '冷启动' : '等待'} ${milliseconds(waiting.to)}`}
      {waiting && ` + 函数 ${milliseconds(functionMilliseconds)} + 云 ${milliseconds(cloudMilliseconds)}`}
      {call.roundTrips.length > 0 &&
        ` · 请求 ${call.roundTrips.length} 个，先后 ${call.sequentialRoundTrips} 轮`}
    </p>
  )
}

function RequestRow({ request, total }: { request: RequestSpan; total: number }) {
  const { trip, level, hasAnswer } = request
  return (
    <Row
      name={
        <>
          {level !== undefined && (
            <span class="level" title={levelTitle(level)}>
              {level}
              <span class="visually-hidden"> {levelTitle(level)}</span>
            </span>
          )}
          <code>
            <Breakable text={trip.action} />
          </code>{' '}
          <Breakable text={trip.target} />
          {trip.code && (
            <span class="badge bad">
              <Breakable text={trip.code} />
            </span>
          )}
          {!hasAnswer && <span class="badge warn">没有回答</span>}
        </>
      }
      span={request}
      total={total}
      look={trip.code || !hasAnswer ? 'refused' : 'request'}
    />
  )
}

const levelTitle = (level: number) => (level === 1 ? '不等其他请求' : `在第 ${level - 1} 层的回答之后才发出`)

interface RowProps {
  name: ComponentChildren
  span: Span
  total: number
  look: 'waiting' | 'running' | 'request' | 'refused'
}

function Row({ name, span: { from, to }, total, look }: RowProps) {
  return (
    <li>
      <span class="name">{name}</span>
      <span class="track" aria-hidden="true">
        <span
          class={`bar ${look}`}
          style={{ left: percent(from, total), width: percent(to - from, total) }}
        />
      </span>
      <span class="number faint">
        {from.toFixed(1)}–{to.toFixed(1)} ms
      </span>
    </li>
  )
}

const percent = (part: number, total: number) => `${total === 0 ? 0 : (part / total) * 100}%`
const milliseconds = (value: number) => `${value.toFixed(1)} ms`
