import type { ControlClient } from 'wechat-cloud-emulator/control'
import { localSecrets } from '../keys/local-secrets.ts'
import type { AdminCloud, Answered } from './admin-cloud.ts'

/** The cloud of this machine. Its clock may differ. @param dataDirectory its folder, with its keys */
export function embeddedCloud(control: ControlClient, dataDirectory: string): AdminCloud {
  return {
    variables: { ...localSecrets(dataDirectory) },
    now: async () => Date.parse((await control.get('clock')).now),
    invoke: async (data) => (await control.post('invoke', { function: 'admin', data })) as Answered<unknown>,
  }
}
