import type { ExampleSettings } from 'wechat-cloud-emulator/config'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { embeddedCloud } from '../admin/embedded-cloud.ts'
import { useApp } from './use-app.ts'

const PEOPLE = 12

/**
 * Example data that the console loads: twelve people in three weeks, as {@link useApp} makes them.
 * @param dataDirectory of the embedded cloud, which has its secrets
 */
export function exampleData(dataDirectory: string): ExampleSettings {
  return {
    description: '12 个微信用户三周的使用：多台设备、行程、收藏、浏览记录、管理记录；停用、注销、换号各一个',
    use: async ({ controlUrl, progress }) => {
      const admin = embeddedCloud(new ControlClient(controlUrl), dataDirectory)
      await useApp({ controlUrl, admin, people: PEOPLE, progress })
    },
  }
}
