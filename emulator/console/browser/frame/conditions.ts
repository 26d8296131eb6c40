import { useEffect, useState } from 'preact/hooks'
import type { Fault } from '../../../control/fault.ts'
import { control } from './api'
import { useLive } from './live'
import { onPhoneSettingsChange, readPhoneSettings, writePhoneSettings } from './phone-settings'
import { listPhones, onPhonesChange, type Phone } from './phones'

/** Something that is not as usual, and that somebody might forget while looking for a mistake. */
export interface Condition {
  name: string
  turnOff: () => Promise<unknown>
}

const DAY_SECONDS = 24 * 60 * 60

/** What is not as usual in the cloud and on the phones of this page. */
export function useConditions(): Condition[] {
  const faults = useLive('faults', 'machine', 'calls').data?.faults ?? []
  const latency = useLive('latency', 'machine').data?.milliseconds ?? 0
  const offset = useLive('clock', 'machine').data?.offsetSeconds ?? 0
  const phones = usePhoneSettings()
  return [
    ...(faults.length === 0
      ? []
      : [{ name: describeFaults(faults), turnOff: () => control('DELETE', 'faults') }]),
    ...(latency === 0
      ? []
      : [
          {
            name: `每次往返慢 ${latency} ms`,
            turnOff: () => control('POST', 'latency', { milliseconds: 0 }),
          },
        ]),
    ...(offset === 0
      ? []
      : [
          {
            name: `时钟${offset > 0 ? '快' : '慢'} ${(Math.abs(offset) / DAY_SECONDS).toFixed(1)} 天`,
            turnOff: () => control('POST', 'clock', { reset: true }),
          },
        ]),
    ...phones.flatMap(({ phone, offline, slowMilliseconds }) => [
      ...(offline
        ? [
            {
              name: `${phone.openid} 断网`,
              turnOff: async () => writePhoneSettings(phone, { offline: false }),
            },
          ]
        : []),
      ...(slowMilliseconds > 0
        ? [
            {
              name: `${phone.openid} 的云调用慢 ${slowMilliseconds} ms`,
              turnOff: async () => writePhoneSettings(phone, { slowMilliseconds: 0 }),
            },
          ]
        : []),
    ]),
  ]
}

function describeFaults(faults: readonly Fault[]): string {
  const [first] = faults
  const { answer, action, target } = first ?? { answer: { kind: '' } }
  const kind = 'code' in answer ? answer.code : 'errcode' in answer ? String(answer.errcode) : answer.kind
  const subject = target ?? action ?? ''
  return `${faults.length} 个故障：${kind}${subject && ` → ${subject}`}${faults.length > 1 ? ' …' : ''}`
}

function usePhoneSettings() {
  const read = () => listPhones().map((phone: Phone) => ({ phone, ...readPhoneSettings(phone) }))
  const [settings, setSettings] = useState(read)
  useEffect(() => {
    const follow = () => setSettings(read())
    const ends = [onPhonesChange(follow), onPhoneSettingsChange(follow)]
    return () => {
      for (const end of ends) end()
    }
  }, [])
  return settings
}
