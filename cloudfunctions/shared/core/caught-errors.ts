import { channel } from 'node:diagnostics_channel'

const caughtErrors = channel('wechat-cloud-emulator:caught')

/**
 * Hands a caught error to the emulator, which shows its message and place to the developer. In the cloud nobody
 * listens, so nothing of it is logged: its message may quote a user's data.
 */
export function handOver(error: unknown): void {
  caughtErrors.publish({ error })
}
