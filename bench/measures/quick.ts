import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { CHROMIUM_FLAGS, findChromium } from 'wechat-cloud-emulator/testing/chromium'
import { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { copyProject } from '../../scripts/lib/copy-project.ts'
import { type StartedProject, startProject } from '../../test/support/started-project.ts'
import { type Measure, round, show } from '../measure.ts'
import { programTime } from '../program.ts'
import { interleave, spreadOf, timed } from '../sample.ts'

const ROUNDS = 5
const EDITS = 11
const HOME_TEMPLATE = 'miniprogram/pages/index/index.wxml'
const PROBE = 'cloudfunctions/probe/index.ts'

/**
 * What a developer waits for, with the command of `npm start` on a copy of the project: from its start to the first answer of a
 * function, and from saving a file of a function or a page to the next answer or to the phone.
 */
export const quickMeasure: Measure = {
  keys: ['startToFirstAnswer', 'savedFunctionToAnswer', 'savedPageToPhone'],
  async run(progress) {
    const copy = copyProject('quick-')
    try {
      writeProbe(copy, 'first')
      const start = async () => {
        const startedAt = performance.now()
        const project = await startProject(copy)
        await answerOf(project)
        const milliseconds = performance.now() - startedAt
        await project.stop()
        return milliseconds
      }
      await start()
      const bare = () => programTime(process.execPath, ['--import', 'tsx', '-e', '0'], { cwd: copy })
      const starts = await interleave(ROUNDS, { start, bare }, (line) => progress(`start, ${line}`))
      const project = await startProject(copy)
      try {
        const functionEdits = await interleave(
          EDITS,
          {
            edit: () => editFunction(project, copy),
            bare: () => programTime(process.execPath, ['-e', '0']),
          },
          (line) => progress(`function, ${line}`),
        )
        const pageEdits = await editPages(project, copy, progress)
        const rows = [
          ['npm start to the first answer / tsx -e 0', starts.start, starts.bare, 1500] as const,
          [
            'a saved function to its next answer / node -e 0',
            functionEdits.edit,
            functionEdits.bare,
            300,
          ] as const,
          ['a saved page on the phone / the page loaded again', pageEdits.edit, pageEdits.bare, 300] as const,
        ].map(([what, ours, against, aim]) => ({
          what,
          ours: show(spreadOf(ours), 'ms', 0),
          against: show(spreadOf(against), 'ms', 0),
          result: spreadOf(ours).median / spreadOf(against).median,
          toReach: `≤ ${aim} ms`,
        }))
        const seconds = [starts.start, functionEdits.edit, pageEdits.edit].map((samples) =>
          round(spreadOf(samples).median / 1000),
        )
        const [startToFirstAnswer, savedFunctionToAnswer, savedPageToPhone] = seconds
        return { values: { startToFirstAnswer, savedFunctionToAnswer, savedPageToPhone }, rows }
      } finally {
        await project.stop()
      }
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  },
}

/** What the probe answers. */
async function answerOf({ address }: StartedProject): Promise<unknown> {
  const control = new ControlClient(new URL('control', address).href)
  return (await control.post('invoke', { function: 'probe', openid: 'oBench' })).result
}

function writeProbe(copy: string, mark: string): void {
  mkdirSync(join(copy, PROBE, '..'), { recursive: true })
  writeFileSync(join(copy, PROBE), `export const main = async () => '${mark}'\n`)
}

function editFunction(project: StartedProject, copy: string): Promise<number> {
  const mark = `mark ${performance.now()}`
  return timed(async () => {
    writeProbe(copy, mark)
    while ((await answerOf(project)) !== mark) await sleep(5)
  })
}

async function editPages(project: StartedProject, copy: string, progress: (line: string) => void) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
  try {
    const phone = new PhonePage(await browser.newPage())
    const file = join(copy, HOME_TEMPLATE)
    const template = readFileSync(file, 'utf8')
    let mark = ''
    const see = () => phone.text(mark).waitFor({ state: 'attached' })
    const edit = () =>
      timed(async () => {
        mark = `第 ${performance.now()} 次`
        writeFileSync(file, `${template}<view>${mark}</view>`)
        await see()
      })
    const bare = () =>
      timed(async () => {
        await phone.page.reload({ waitUntil: 'commit' })
        await see()
      })
    await phone.page.goto(new URL('/phone?openid=oBench&device=1', project.address).href)
    await phone.button('登录').waitFor()
    return await interleave(EDITS, { edit, bare }, (line) => progress(`page, ${line}`))
  } finally {
    await browser.close()
  }
}
