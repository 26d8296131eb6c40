import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { PhoneBuilder } from 'wechat-cloud-emulator/phone'
import { createPages } from 'wechat-cloud-emulator/server'
import { CHROMIUM_FLAGS, findChromium } from 'wechat-cloud-emulator/testing/chromium'
import { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { BenchCloud } from '../bench-cloud.ts'
import { generateMiniProgram } from '../generated-project.ts'
import { type Measure, type Row, round, show } from '../measure.ts'
import { interleave, spreadOf, timed } from '../sample.ts'

const ROUNDS = 7
const PAGES = 350
const FEW_PAGES = 35
const NOTHING = { html: '', script: '', style: '' }

/**
 * A generated mini-program with 350 pages, beside one with 35: its first build, the build after one file was saved, and
 * from opening the phone to its first page.
 */
export const largeProjectMeasure: Measure = {
  keys: ['projectBuild', 'projectReload', 'projectFirstPage'],
  async run(progress) {
    const directory = mkdtempSync(join(tmpdir(), 'mini-programs-'))
    const [large, small] = [join(directory, 'large'), join(directory, 'small')]
    generateMiniProgram(large, PAGES)
    generateMiniProgram(small, FEW_PAGES)
    try {
      const first = await interleave(
        ROUNDS,
        { ours: () => firstBuild(large), against: () => firstBuild(small) },
        (line) => progress(`build, ${line}`),
      )
      const [largeBuilder, smallBuilder] = [new PhoneBuilder(large), new PhoneBuilder(small)]
      await Promise.all([largeBuilder.build(), smallBuilder.build()])
      const again = await interleave(
        ROUNDS,
        { ours: () => rebuild(largeBuilder, large), against: () => rebuild(smallBuilder, small) },
        (line) => progress(`rebuild, ${line}`),
      )
      const opened = {
        ours: await openings(largeBuilder, progress),
        against: await openings(smallBuilder, progress),
      }
      const rows = [
        toRow('350 pages: first build', first, '≤ 3'),
        toRow('350 pages: build after a file was saved', again, '≤ 1'),
        toRow('350 pages: from opening the phone to the first page', opened, '≤ 1'),
      ]
      const [projectBuild, projectReload, projectFirstPage] = rows.map(({ result }) => round(result))
      return { values: { projectBuild, projectReload, projectFirstPage }, rows }
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  },
}

/** The result is in seconds, as the goals are. */
function toRow(what: string, samples: { ours: number[]; against: number[] }, toReach: string): Row {
  const [ours, against] = [spreadOf(samples.ours), spreadOf(samples.against)]
  return {
    what,
    ours: show(ours, 'ms', 0),
    against: show(against, 'ms', 0),
    result: ours.median / 1000,
    toReach,
  }
}

const firstBuild = (directory: string) => timed(async () => void (await new PhoneBuilder(directory).build()))

function rebuild(builder: PhoneBuilder, directory: string): Promise<number> {
  appendFileSync(join(directory, 'pages/page3/page3.js'), '\n// saved')
  return timed(async () => void (await builder.build()))
}

async function openings(builder: PhoneBuilder, progress: (line: string) => void): Promise<number[]> {
  const built = await builder.build()
  const bench = await BenchCloud.open('ours', {
    pages: createPages({ console: () => NOTHING, phone: () => built }),
  })
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
  try {
    const address = new URL('/phone?openid=oBench&device=1', bench.kit.cloud.controlUrl).href
    const open = async () => {
      const page = await browser.newPage()
      const phone = new PhonePage(page)
      const milliseconds = await timed(async () => {
        await page.goto(address, { waitUntil: 'commit' })
        await phone.button('保存').waitFor()
      })
      await page.close()
      return milliseconds
    }
    return (await interleave(ROUNDS, { open }, (line) => progress(`open, ${line}`))).open
  } finally {
    await browser.close()
    await bench.close()
  }
}
