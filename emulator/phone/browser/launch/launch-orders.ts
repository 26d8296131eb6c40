import type { Launch } from '../../launch/launch.ts'

/** Tells an open phone to open the mini-program. */
export interface LaunchOrder {
  openid: string
  device: string
  launch: Launch
  /** Whether the mini-program starts again, or comes from the background. */
  isCold: boolean
}

const CHANNEL = 'phone-launch-orders'

/** From the console to a phone of this browser. */
export function orderLaunch(order: LaunchOrder): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(order)
  channel.close()
}

export function onLaunchOrder(
  { openid, device }: Pick<LaunchOrder, 'openid' | 'device'>,
  listener: (order: LaunchOrder) => void,
): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<LaunchOrder>) => {
    if (data.openid === openid && data.device === device) listener(data)
  })
}
