import type { ErrorLog } from '../device/error-log.ts'
import type { WxApis } from './api.ts'

type Ease = (time: number) => number

/** Easings of `wx.worklet.Easing`: functions from 0 to 1, or functions that make one. */
const EASING = {
  linear: (time: number) => time,
  ease: (time: number) => time * time * (3 - 2 * time),
  quad: (time: number) => time ** 2,
  cubic: (time: number) => time ** 3,
  poly: (power: number) => (time: number) => time ** power,
  sin: (time: number) => 1 - Math.cos((time * Math.PI) / 2),
  circle: (time: number) => 1 - Math.sqrt(1 - time * time),
  exp: (time: number) => 2 ** (10 * (time - 1)),
  elastic: () => EASING.ease,
  back: () => EASING.ease,
  bounce: (time: number) => time,
  bezier: () => EASING.ease,
  in: (ease: Ease) => ease,
  out: (ease: Ease) => (time: number) => 1 - ease(1 - time),
  inOut: (ease: Ease) => (time: number) => (time < 0.5 ? ease(time * 2) / 2 : 1 - ease((1 - time) * 2) / 2),
}

/**
 * `wx.worklet` of Skyline (https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/skyline/worklet.html): the
 * functions run where the page does, and a value is at once where its animation would end. The first animation is noted.
 */
export function workletApis(errors: ErrorLog): WxApis {
  const finish = <Value>(value: Value, done: unknown): Value => {
    errors.noteCall('wx.worklet：这台手机没有 Skyline，值直接变到动画的终点 · animations end at once')
    if (typeof done === 'function') setTimeout(() => done(true))
    return value
  }
  return {
    shared: (value: unknown) => ({ value }),
    derived: (read: () => unknown) => ({
      get value() {
        return read()
      },
    }),
    timing: (value: unknown, _options?: unknown, done?: unknown) => finish(value, done),
    spring: (value: unknown, _options?: unknown, done?: unknown) => finish(value, done),
    decay: (options?: { clamp?: number[] }, done?: unknown) => finish(options?.clamp?.[0] ?? 0, done),
    sequence: (...values: unknown[]) => values.at(-1),
    repeat: (value: unknown, _times?: number, _reverse?: boolean, done?: unknown) => finish(value, done),
    delay: (_milliseconds: number, value: unknown) => value,
    cancelAnimation: () => undefined,
    runOnUI: (run: unknown) => run,
    runOnJS: (run: unknown) => run,
    Easing: EASING,
  }
}
