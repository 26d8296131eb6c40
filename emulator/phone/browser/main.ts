/**
 * One script for two windows. The page is the phone with WeChat's part of the screen. In a frame of the screen's size,
 * the same script runs the mini-program, so that `vw`, `vh` and `position: fixed` refer to the screen.
 */
import './bridge.ts'
import { runMiniProgram } from './app/run.ts'
import { followBuild, listenToChanges } from './device/changes.ts'
import { Device } from './device/device.ts'
import { logUncaught } from './device/error-log.ts'
import { drawPanel } from './device/panel.ts'
import { onLaunchOrder } from './launch/launch-orders.ts'
import { announcePhone } from './launch/open-phones.ts'

const isScreen = new URLSearchParams(location.search).get('part') === 'screen'
const phone = isScreen ? window.parent.phone : undefined
const program = window.miniProgram

if (phone && program) {
  document.documentElement.className = 'screen-page'
  void runMiniProgram(phone, program)
} else if (isScreen) {
  // Either the mini-program's script did not load, or the frame was opened without a phone around it.
  phone?.errors.add('小程序的脚本没有载入，请看浏览器的控制台')
} else {
  const device = new Device(location.search)
  logUncaught(device.errors)
  window.phone = device
  document.documentElement.className = 'phone-page'
  document.body.append(device.element, drawPanel(device))
  announcePhone(device.identity)
  onLaunchOrder(device.identity, ({ launch, isCold }) =>
    isCold ? device.restart(launch) : device.open(launch),
  )
  listenToChanges((topics) => {
    if (topics.includes('database')) device.cloudDatabase.emitChange()
    if (topics.includes('machine')) void device.clock.follow()
    if (topics.includes('users')) void device.accounts.follow()
    if (topics.includes('web')) void device.followWeb()
    if (topics.includes('messages')) void Promise.all([device.followMessages(), device.followLinks()])
    if (topics.includes('code')) void followBuild(() => device.startAgain())
  })
}
