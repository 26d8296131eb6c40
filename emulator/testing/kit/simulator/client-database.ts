import { NetworkFailure } from '../../../phone/browser/device/network-failure.ts'
import { type DatabaseCloud, DatabaseConnection } from '../../../phone/browser/wx/database/connection.ts'
import { createDatabase } from '../../../phone/browser/wx/database/database.ts'
import type { TestCloud } from '../../test-cloud.ts'
import type { SimulatedDevice } from './simulated-device.ts'

/** `wx.cloud.database` as on the browser's phone, with the permissions of one person. */
export function clientDatabase(
  device: SimulatedDevice,
  { control, cloud }: TestCloud,
  openid: string,
): (options?: unknown) => object {
  const database: DatabaseCloud = {
    request: async (action, fields) => {
      if (!device.isConnected) throw new NetworkFailure('offline')
      return device.track(control.post('database', { openid, action, fields }))
    },
    onChange: (listener) => {
      const stop = cloud.events.subscribe((topic) => {
        if (topic === 'database') listener()
      })
      device.whenLeft(stop)
      return stop
    },
  }
  const notes = {
    // What the browser's phone shows to the tester alone.
    note: () => {},
    addOnce: (text: string) => {
      if (!device.errors.includes(text)) device.errors.push(text)
    },
  }
  const connection = new DatabaseConnection(database, notes, () => {})
  return (options) => createDatabase(connection, notes, options)
}
