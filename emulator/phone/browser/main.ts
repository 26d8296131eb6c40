/**
 * One script for two windows. The page is the phone with WeChat's part of the screen; inside it, in a frame of the
 * screen's size, the same script runs the mini-program, so that `vw`, `vh` and `position: fixed` mean the screen.
 */
import './bridge.ts'
import { runMiniProgram } from './app/run.ts'
import { listenToChanges, reloadIfRebuilt } from './device/changes.ts'
import { Device } from './device/device.ts'
import { logUncaught } from './device/error-log.ts'
import { drawPanel } from './device/panel.ts'

const isScreen = new URLSearchParams(location.search).get('part') === 'screen'
const phone = isScreen ? window.parent.phone : undefined
const program = window.miniProgram

if (phone && program) {
  document.documentElement.className = 'screen-page'
  void runMiniProgram(phone, program)
} else if (isScreen) {
  // The mini-program's script did not even load, or the frame was opened by itself: never a phone inside the phone.
  phone?.errors.add('小程序的脚本没有载入，请看浏览器的控制台')
} else {
  const device = new Device(location.search)
  logUncaught(device.errors)
  window.phone = device
  document.documentElement.className = 'phone-page'
  document.body.append(device.element, drawPanel(device))
  listenToChanges((topics) => {
    if (topics.includes('machine')) void device.clock.follow()
    if (topics.includes('code')) void reloadIfRebuilt()
  })
}
