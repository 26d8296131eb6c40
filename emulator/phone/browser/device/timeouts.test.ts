import { describe, expect, it } from 'vitest'
import { sleep } from '../base/dom.ts'
import { installTimeouts } from './timeouts.ts'

/** A window whose developer stops functions by hand. */
function createWindow() {
  let since: number | undefined
  let before = 0
  const stops = {
    get stoppedMilliseconds() {
      return before + (since === undefined ? 0 : performance.now() - since)
    },
  }
  const target = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout }
  installTimeouts(target, stops)
  return {
    target,
    stop: () => {
      since = performance.now()
    },
    goOn: () => {
      before = stops.stoppedMilliseconds
      since = undefined
    },
  }
}

describe('a timeout of a page', () => {
  it('that limits something has the rest of its time after a function was stopped', async () => {
    const { target, stop, goOn } = createWindow()
    const fired: unknown[] = []
    target.setTimeout((value: unknown) => fired.push(value), 1000, 'late')
    await sleep(100)
    stop()
    await sleep(1300)
    goOn()
    expect(fired).toEqual([])
    await sleep(500)
    expect(fired).toEqual([])
    await sleep(1000)
    expect(fired).toEqual(['late'])
  })

  it('that is a pause runs as usual, and a limit that is cleared never fires', async () => {
    const { target, stop } = createWindow()
    const fired: string[] = []
    stop()
    target.setTimeout(() => fired.push('pause'), 50)
    const limit = target.setTimeout(() => fired.push('limit'), 1000)
    await sleep(1150)
    target.clearTimeout(limit)
    await sleep(200)
    expect(fired).toEqual(['pause'])
  })
})
