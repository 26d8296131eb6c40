import { renameSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ProjectCopy } from '../support/project-copy.ts'
import { type StartedProject, startProject } from '../support/started-project.ts'

const LONGEST_WAIT_MILLISECONDS = 20_000

let project: ProjectCopy
let started: StartedProject
beforeAll(async () => {
  project = new ProjectCopy()
  started = await startProject(project.directory)
}, 60_000)
afterAll(async () => {
  await started.stop()
  project.remove()
})

const phoneEdition = async () => {
  const html = await (await fetch(new URL('/phone?openid=oAny', started.address))).text()
  return /phone-version" content="(\w+)/.exec(html)?.[1]
}

it('npm start notices every save of a file, by rename and in place', async () => {
  const file = project.path('miniprogram/auth/ui/texts.ts')
  const text = project.read('miniprogram/auth/ui/texts.ts')
  for (let save = 0; save < 3; save++) {
    for (const isByRename of [true, false]) {
      const before = await phoneEdition()
      const saved = isByRename ? `${file}.new` : file
      writeFileSync(saved, `${text}\n// ${save} ${isByRename}\n`)
      if (isByRename) renameSync(saved, file)
      for (
        let waited = 0;
        (await phoneEdition()) === before && waited < LONGEST_WAIT_MILLISECONDS;
        waited += 50
      )
        await sleep(50)
      expect([save, isByRename, (await phoneEdition()) === before]).toEqual([save, isByRename, false])
    }
  }
}, 180_000)
