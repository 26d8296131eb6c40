import cloud from 'wx-server-sdk'
import type { Database } from '../core/database.ts'
import { keep } from '../core/kept.ts'
import { type Probe, probe } from '../core/probe.ts'

const MEGABYTE = 1024 * 1024

const context = () => cloud.getWXContext() as unknown as Readonly<Record<string, unknown>>

/** What a called function knows of its call, and how it ends when it takes too much. */
export const INSTANCE_PROBES: readonly Probe[] = [
  probe('caller', () => ({ fields: Object.keys(context()).sort(), source: context()['SOURCE'] })),
  probe('source', () => context()['SOURCE']),
  probe('request-id', (_data, second) => (second as Record<string, unknown>)['request_id']),
  probe('credential-hash', () => process.env['TENCENTCLOUD_SECRETID']?.slice(-4)),
  probe('clock', () => String(Date.now())),
  probe('fill-buffers', (data) => {
    const buffers: Buffer[] = []
    for (let megabytes = 0; megabytes < Number(data); megabytes += 50) {
      buffers.push(Buffer.alloc(50 * MEGABYTE, 1))
    }
    return buffers.reduce((sum, { byteLength }) => sum + byteLength, 0) / MEGABYTE
  }),
  probe('fill-heap', (data) => {
    const texts: string[][] = []
    for (let megabytes = 0; megabytes < Number(data); megabytes += 8) {
      texts.push(new Array<string>(MEGABYTE).fill(`${megabytes}`))
    }
    return texts.length * 8
  }),
  probe('beats', async () => {
    const db = cloud.database() as unknown as Database
    const startedAt = Date.now()
    while (Date.now() - startedAt < 8000) {
      await keep(db, 'time-beats', { startedAt, last: Date.now() })
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return 'never ended'
  }),
]
