import type { Device } from '../device/device.ts'
import { showVerdictSheet } from '../device/verdict-sheet.ts'

/**
 * WeChat's question before it opens another mini-program. This phone has only one.
 * @param target appid or short link
 * @throws Error `cancel`, or `invalid appid`
 */
export async function openOtherMiniProgram(
  { device, appName }: { device: Device; appName: string },
  { title, target, path }: { title: string; target: string; path: string },
): Promise<void> {
  if (target === '') throw new Error('invalid appid')
  const text = `${target} ${path}`.trim()
  const verdict = await showVerdictSheet(device.overlay, {
    appName,
    title,
    text,
    deny: '取消',
    allow: '允许',
  })
  if (verdict === 'deny') throw new Error('cancel')
  device.errors.note(`真机上会打开小程序 ${target}，这台手机只有一个小程序 · another mini-program would open`)
}
