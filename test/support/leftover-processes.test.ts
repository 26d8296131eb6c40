import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { markProcesses, processesLeft } from './leftover-processes.ts'

it.runIf(process.platform === 'linux')(
  'a process that a test leaves behind is found',
  async () => {
    const before = process.env['TEST_RUN']
    const mark = markProcesses()
    // Its parent ends at once, so that nobody but the mark knows it.
    const sleeper = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { detached: true, stdio: 'ignore' }).unref()`
    await once(spawn(process.execPath, ['-e', sleeper]), 'exit')
    process.env['TEST_RUN'] = before
    const [left = '', ...more] = await processesLeft(mark, 1_000)
    expect(left).toContain('setTimeout')
    expect(more).toEqual([])
    process.kill(Number(left.split(' ')[0]))
    expect(await processesLeft(mark)).toEqual([])
  },
  30_000,
)
